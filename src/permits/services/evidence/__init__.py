"""Evidence: one log over all streams, what is signed and handed out of it, and how it is verified."""
