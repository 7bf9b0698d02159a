"""Addresses of hiding. None of them says what this is."""

from __future__ import annotations

from django.urls import path

from qingting.people.hiding import pages, pin_pages

urlpatterns = [
    path("notes/", pages.notes, name="notes"),
    path("notes/open/", pin_pages.open_again, name="pin_open"),
    path("notes/other/", pin_pages.other, name="pin_other"),
    path("device/", pages.device, name="device_look"),
    path("device/pin/", pin_pages.pin, name="device_pin"),
]
