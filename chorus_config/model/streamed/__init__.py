"""What a great plan goes through one by one, and never holds whole."""
