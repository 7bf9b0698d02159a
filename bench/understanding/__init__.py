"""What understanding alone costs. Nothing is imported here: loaded.py measures a process that
has loaded understanding and nothing else."""
