"""Exercises on pages of their own: chosen, done, kept, read again."""
