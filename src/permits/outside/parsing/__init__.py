"""Looks into files whose makers are not trusted: in a process of its own, with an end to it."""
