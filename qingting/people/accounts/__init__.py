"""Accounts: how somebody proves that they are the same one on another device. Identity only; what
people write belongs to a Person, and the link between the two is sealed."""
