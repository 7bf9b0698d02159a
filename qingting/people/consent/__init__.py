"""What a person agrees to, how old they say they are, who answers for them, whom to call."""
