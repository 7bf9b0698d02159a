"""Addresses of the library."""

from __future__ import annotations

from django.urls import path

from qingting.library import pages

urlpatterns = [
    path("library/", pages.library, name="library"),
    path("library/kept.json", pages.kept, name="library_kept"),
    path("library/<slug:slug>/", pages.article, name="article"),
]
