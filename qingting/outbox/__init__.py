"""Letters that leave this machine by e-mail: queued, sent once, tried again, given up plainly."""
