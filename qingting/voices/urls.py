"""Address of the voices."""

from __future__ import annotations

from django.urls import path

from qingting.voices import pages

urlpatterns = [path("voices/", pages.voices, name="voices")]
