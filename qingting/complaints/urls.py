"""Addresses of complaints."""

from __future__ import annotations

from django.urls import path

from qingting.complaints import pages, staff_pages

urlpatterns = [
    path("complaints/", pages.complaints, name="complaints"),
    path("complaints/answer/", pages.answer, name="complaint_answer"),
    path("complaints/<uuid:which>/close/", pages.close, name="complaint_close"),
    path("staff/complaints/", staff_pages.waiting, name="staff_complaints"),
    path("staff/complaints/<uuid:which>/reply/", staff_pages.reply, name="staff_complaint_reply"),
]
