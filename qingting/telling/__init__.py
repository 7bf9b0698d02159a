"""Telling one person that somebody is in danger, from the first sign to an answer; reminders."""
