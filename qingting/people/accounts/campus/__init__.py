"""Signing in through a campus (OpenID Connect): it vouches that somebody belongs to it, and we keep
no more of it than that, apart from a sealed note for an emergency."""
