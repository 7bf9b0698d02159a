"""How somebody is doing, as they see it: moods, journal, questionnaires, charts, weekly letters."""
