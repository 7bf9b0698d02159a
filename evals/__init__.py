"""Scripted checks of the whole product and of its parts, beside simple baselines."""
