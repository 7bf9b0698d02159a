"""What the reply guard holds back of replies that nothing was learned from."""
