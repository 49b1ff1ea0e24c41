"""Evidence: one log over all streams, what is signed of it, and how that is verified."""
