"""The qingting command."""
