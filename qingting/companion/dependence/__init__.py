"""Noticing early that talking here takes the place of people: what was said, how it is used, what
speaks against it, and what may be done about it (docs/dependence.md). Pure."""
