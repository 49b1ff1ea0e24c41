"""What the program costs, measured beside what the same work costs bare, in one run."""
