"""Complaints about a reply or a rule, and appeals about an age: made, answered, closed."""
