"""Pages for officers: the cases of their department, and what they do with them."""
