"""Those who look after others: where they serve, whom they may invite, and the pages they see.
Nothing here opens anybody's words; that is breaking_glass.py, and the person is told."""
