"""Questionnaires as data: what they ask, how they are scored, what a difference means."""
