"""Tests of what is gone through one by one."""
