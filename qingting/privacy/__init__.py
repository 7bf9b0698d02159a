"""Keys, sealing, and what each stored model declares about personal data."""
