"""Documents as files: set with Typst, in fonts that are shipped or that the office has."""
