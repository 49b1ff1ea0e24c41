"""What we write is read by another program, and what it writes by us; see `make interchange`."""
