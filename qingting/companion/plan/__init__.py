"""Plan a reply before a word of it exists."""
