"""Files made to do harm. None of them is in the repository: they are made when they are needed."""
