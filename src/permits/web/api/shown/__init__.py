"""What the API shows: models of its answers, each with the function that fills it in."""
