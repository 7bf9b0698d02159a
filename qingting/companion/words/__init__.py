"""Authored words: loading them, choosing one that was not said yet, filling its slots."""
