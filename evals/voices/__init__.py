"""How voices wear over twenty turns: how often they are heard, and what goes wrong."""
