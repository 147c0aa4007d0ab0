"""What observed sources say: how they are asked, what lists and directories hold, what changed since."""
