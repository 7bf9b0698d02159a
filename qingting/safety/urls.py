"""Addresses of the safety feature."""

from __future__ import annotations

from django.urls import path

from qingting.safety import pages

urlpatterns = [
    path("now/", pages.now, name="now"),
    path("sw.js", pages.service_worker, name="service_worker"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
]
