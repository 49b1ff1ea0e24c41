"""Permit procedures by notice and commitment."""

__version__ = "0.1.0"
