"""How well a message is understood: `make eval-understand`, with DATA=path on public sets too."""
