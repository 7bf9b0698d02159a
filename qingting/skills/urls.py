"""Addresses of the skills feature."""

from __future__ import annotations

from django.urls import path

from qingting.skills import pages, run_pages, shelf_pages

urlpatterns = [
    path("skills/", shelf_pages.skills, name="skills"),
    path("skills/mine/", run_pages.runs, name="skill_runs"),
    path("skills/mine/delete/", run_pages.delete_all, name="skill_runs_delete"),
    path("skills/mine/<uuid:which>/", run_pages.run, name="skill_run"),
    path("skills/mine/<uuid:which>/delete/", run_pages.delete, name="skill_run_delete"),
    path("skills/pace/<slug:rhythm>x<int:rounds>.css", pages.pace, name="skill_pace"),
    path("skills/<slug:name>/", pages.exercise, name="skill"),
]
