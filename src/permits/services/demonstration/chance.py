"""Chance for made-up cases: varied, and the same each time."""

import random


def chance_of(seed: int) -> random.Random:
    """Numbers that nobody has to be unable to guess."""
    return random.Random(seed)  # noqa: S311 - what is made up with it is shown to everybody
