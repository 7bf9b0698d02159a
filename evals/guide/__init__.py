"""How guided talk holds up over whole conversations: `make eval-guide`."""
