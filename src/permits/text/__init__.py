"""Words for people, in Chinese and English: pages, mail, refusals."""
