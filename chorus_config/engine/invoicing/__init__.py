"""What suppliers see of a structure: its electronic invoicing addresses, and what a change of the sheet does to them."""
