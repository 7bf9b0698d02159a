"""How well it remembers: what is found in messages, and what comes to mind."""
