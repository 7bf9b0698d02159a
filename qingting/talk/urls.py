"""Addresses of the talk feature."""

from __future__ import annotations

from django.urls import path

from qingting.talk import history_pages, pages

urlpatterns = [
    path("", pages.start, name="start"),
    path("talk/", history_pages.history, name="history"),
    path("talk/<uuid:which>/", pages.conversation, name="conversation"),
    path("talk/<uuid:which>/rename/", history_pages.rename, name="rename"),
    path("talk/<uuid:which>/delete/", history_pages.delete, name="delete"),
    path("talk/<uuid:which>/restore/", history_pages.restore, name="restore"),
    path("talk/turns/<uuid:turn>/", pages.follow, name="follow"),
    path("talk/turns/<uuid:turn>/stop/", pages.stop, name="stop"),
]
