"""Addresses of the safety feature."""

from __future__ import annotations

from django.urls import path

from qingting.safety import pages, plan_pages

urlpatterns = [
    path("now/", pages.now, name="now"),
    path("safety/card/", pages.card, name="card"),
    path("safety/plan/", plan_pages.plan, name="plan"),
    path("safety/plan/copy/", plan_pages.copy, name="plan_copy"),
    path("safety/plan/delete/", plan_pages.delete, name="plan_delete"),
    path("sw.js", pages.service_worker, name="service_worker"),
    path("manifest.webmanifest", pages.manifest, name="manifest"),
]
