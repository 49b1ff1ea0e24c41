"""Acts that judge nothing in the single case, and so may be taken in many cases in one go."""

from permits.definitions.procedure import Act

TOGETHER = (Act.ACCEPT, Act.DELIVER, Act.PUBLISH, Act.CONCLUDE)
"""Closed, and never a decision: whoever grants or refuses looks at the case they decide
(行政许可法 art. 34, 38). What is complete must be accepted (art. 32), and nothing else can be;
what is granted must be handed over and made public (art. 40, 44)."""
