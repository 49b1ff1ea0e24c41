"""The figures on an engine that spreads rows over machines, beside the one that ships."""
