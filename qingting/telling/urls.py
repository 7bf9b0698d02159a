"""Addresses of telling, for the person and for whoever got a letter."""

from __future__ import annotations

from django.urls import path

from qingting.telling import pages, reminder_pages, staff_pages

urlpatterns = [
    path("me/telling/", pages.mine, name="my_telling"),
    path("me/reminders/", reminder_pages.reminders, name="my_reminders"),
    path("here/<str:code>/", pages.here, name="told_here"),
    path("staff/tasks/", staff_pages.listed, name="staff_tasks"),
    path("staff/tasks/<uuid:which>/take/", staff_pages.take, name="staff_task_take"),
    path("staff/tasks/<uuid:which>/end/", staff_pages.end, name="staff_task_end"),
]
