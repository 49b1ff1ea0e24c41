"""Everything kept in the database: the log, what is made from it, and the erasable records."""
