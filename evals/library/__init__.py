"""Whether something to read is handed over where it helps, and nowhere else."""
