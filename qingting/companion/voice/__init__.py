"""How the companion sounds: the voices somebody may choose, and when it is plain all the same."""
