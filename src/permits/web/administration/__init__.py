"""Pages of the administrators: accounts, what they may do, what they did."""
