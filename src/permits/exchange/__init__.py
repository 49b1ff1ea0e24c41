"""Logs of events as other tools know them: read, measured, written, held against a definition."""
