"""The policy in force and what is counted under it."""
