"""Qingting (倾听): a companion that listens, notices danger and leads people to people."""

__version__ = "0.1.0"
