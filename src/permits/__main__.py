"""Lets `python -m permits` do what `permits` does."""

from permits.cli.main import run

run()
