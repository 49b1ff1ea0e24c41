"""Cases to look at: two works that were really done, and made-up ones around them.

Everything is filed and decided through the ordinary services, with the clock set to when it
happened; nothing is written into tables from the side.
"""
