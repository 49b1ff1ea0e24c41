"""What a permit type is: the vocabulary, its loader, its checker and its chart."""
