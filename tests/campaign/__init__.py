"""The checker, tried against every single mistake that can be made in the shipped definitions."""
