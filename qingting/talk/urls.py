"""Addresses of the talk feature."""

from __future__ import annotations

from django.urls import path

from qingting.talk import check_in_pages, history_pages, pages, why_pages

urlpatterns = [
    path("", pages.start, name="start"),
    path("talk/", history_pages.history, name="history"),
    path("talk/<uuid:which>/", pages.conversation, name="conversation"),
    path("talk/<uuid:which>/rename/", history_pages.rename, name="rename"),
    path("talk/<uuid:which>/delete/", history_pages.delete, name="delete"),
    path("talk/<uuid:which>/restore/", history_pages.restore, name="restore"),
    path("talk/<uuid:which>/end/", history_pages.end, name="end_private"),
    path("talk/asked/<uuid:which>/", check_in_pages.put_off, name="check_in"),
    path("talk/why/<uuid:which>/", why_pages.why_this_reply, name="why"),
    path("talk/turns/<uuid:turn>/", pages.follow, name="follow"),
    path("talk/turns/<uuid:turn>/stop/", pages.stop, name="stop"),
]
