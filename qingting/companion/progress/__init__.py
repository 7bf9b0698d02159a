"""What a person's own notes on how they are doing show, thought about without pages or storage."""
