"""Questionnaires and check-ins as FHIR R4, to take along and to bring back (docs/progress.md)."""
