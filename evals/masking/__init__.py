"""How much is covered before a model elsewhere reads it."""
