"""What may fail outside, done to the program on purpose: see `docs/reliability.md`."""
