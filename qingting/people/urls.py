"""Addresses of a person's own data."""

from __future__ import annotations

from django.urls import include, path

from qingting.people import classes_pages, data_pages

urlpatterns = [
    path("", data_pages.my_data, name="my_data"),
    path("seen/", data_pages.seen, name="my_seen"),
    path("export/", data_pages.export, name="my_export"),
    path("told/", data_pages.told, name="my_told"),
    path("join/", classes_pages.join, name="my_classes"),
    path("join/<uuid:which>/leave/", classes_pages.leave, name="my_class_leave"),
    path("", include("qingting.people.consent.urls")),
    path("erase/", data_pages.erase, name="my_erase"),
    path("erase/words/", data_pages.erase_words, name="my_erase_words"),
]
