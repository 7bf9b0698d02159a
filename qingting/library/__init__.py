"""The library on its pages: articles to read alone, with or without a network."""
