"""What changes things: the only ways in."""
