"""Word the reply: guided by authored lines, or by a model behind the guard."""
