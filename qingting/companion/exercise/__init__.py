"""Exercises: small things to do together, one step at a time, in a talk or on a page."""
