"""Addresses of how somebody is doing."""

from __future__ import annotations

from django.urls import URLPattern, path

from qingting.progress import (
    choice_pages,
    fhir_pages,
    import_pages,
    journal_pages,
    letter_pages,
    mood_pages,
    progress_pages,
    questionnaire_pages,
    questions_page,
    result_pages,
    summary_pages,
)

urlpatterns: list[URLPattern] = [
    path("progress/", progress_pages.progress, name="progress"),
    path("progress/mood/", mood_pages.mood, name="mood"),
    path("progress/mood/<uuid:which>/", mood_pages.edit, name="mood_edit"),
    path("progress/mood/<uuid:which>/delete/", mood_pages.delete, name="mood_delete"),
    path("progress/choice/", choice_pages.choice, name="progress_choice"),
    path("progress/import/", import_pages.bring, name="progress_import"),
    path("progress/import/undo/", import_pages.take_back, name="progress_import_undo"),
    path("progress/fhir/", fhir_pages.fhir, name="progress_fhir"),
    path("progress/letter/", letter_pages.latest, name="letters"),
    path("progress/letter/<uuid:which>/", letter_pages.one, name="letter"),
    path("progress/letter/<uuid:which>/edit/", letter_pages.edit, name="letter_edit"),
    path("progress/letter/<uuid:which>/delete/", letter_pages.delete, name="letter_delete"),
    path("progress/summary/", summary_pages.summary, name="progress_summary"),
    path("journal/", journal_pages.entries, name="journal"),
    path("journal/write/", journal_pages.write, name="journal_write"),
    path("journal/<uuid:which>/", journal_pages.entry, name="journal_entry"),
    path("journal/<uuid:which>/edit/", journal_pages.edit, name="journal_edit"),
    path("journal/<uuid:which>/delete/", journal_pages.delete, name="journal_delete"),
    path("questions/", questions_page.questions, name="questions"),
    path("questions/result/<uuid:which>/", result_pages.result, name="questions_result"),
    path("questions/result/<uuid:which>/delete/", result_pages.delete, name="questions_delete"),
    path("questions/<slug:key>/", questionnaire_pages.question, name="question"),
    path("questions/<slug:key>/again/", result_pages.again, name="question_again"),
]
