"""Keeping a glance from telling: a way off every page at once, and a neutral name and icon."""
