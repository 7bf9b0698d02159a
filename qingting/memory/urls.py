"""Addresses of what is remembered."""

from __future__ import annotations

from django.urls import path

from qingting.memory import pages

urlpatterns = [
    path("memory/", pages.memory, name="memory"),
    path("memory/choice/", pages.choose, name="memory_choose"),
    path("memory/forget/", pages.forget_everything, name="memory_forget_everything"),
    path("memory/<uuid:which>/correct/", pages.correct, name="memory_correct"),
    path("memory/<uuid:which>/here/", pages.keep_here, name="memory_here"),
    path("memory/<uuid:which>/forget/", pages.forget, name="memory_forget"),
]
