"""Safety episodes, stored, and the page behind "Help now"."""
