"""Backups: made while the office works, signed, verified, and put back somewhere else."""
