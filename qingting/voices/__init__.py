"""Choosing how the companion sounds."""
