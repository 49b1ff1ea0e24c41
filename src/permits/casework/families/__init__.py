"""Event families: each module has its events and what they do to a case."""
