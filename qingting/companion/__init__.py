"""The mind: pure Python, no web framework, no database. turn.py is the one way of a message."""
