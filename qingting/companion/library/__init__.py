"""The library: short articles that somebody can read alone, and when one is worth offering."""
