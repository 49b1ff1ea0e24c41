"""Files, mail, passwords: everything with a side effect outside the database."""
