"""People whose data is kept: found, told everything, and erased."""
