"""Addresses of hiding. None of them says what this is."""

from __future__ import annotations

from django.urls import path

from qingting.people.hiding import pages

urlpatterns = [
    path("notes/", pages.notes, name="notes"),
    path("device/", pages.device, name="device_look"),
]
