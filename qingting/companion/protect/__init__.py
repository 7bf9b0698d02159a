"""Answer danger, keep the safety episode, guard every sentence, know where help is."""
