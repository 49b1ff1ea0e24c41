"""Pages of the counter: what the window does for applicants who come, or write on paper."""
