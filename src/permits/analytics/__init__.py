"""Figures over many cases, and what they leave the office as."""
