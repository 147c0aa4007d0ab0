"""The schemas, and the lines by which editors find them."""
