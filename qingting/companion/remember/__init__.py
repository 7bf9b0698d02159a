"""Keep what the next turn needs."""
