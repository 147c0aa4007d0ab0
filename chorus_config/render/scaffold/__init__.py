"""What `init` wrote, and what to do next."""
