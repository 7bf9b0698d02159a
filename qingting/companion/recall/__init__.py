"""Bring back what matters now."""
