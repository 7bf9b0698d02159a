"""Addresses of staff."""

from __future__ import annotations

from django.urls import path

from qingting.people import auditor_pages, breaking_glass_pages, first_operator_pages, staff_pages

urlpatterns = [
    path("", staff_pages.home, name="staff"),
    path("second/", staff_pages.second, name="staff_second"),
    path("begin/<str:code>/", first_operator_pages.begin, name="staff_begin"),
    path("figures/", staff_pages.figures, name="staff_figures"),
    path("roles/", staff_pages.roles, name="staff_roles"),
    path("roles/<uuid:grant>/take/", staff_pages.role_take, name="staff_role_take"),
    path("invitations/", staff_pages.invitation_list, name="staff_invitations"),
    path("invitations/new/", staff_pages.invitation_new, name="staff_invitation_new"),
    path("invitations/<uuid:which>/end/", staff_pages.invitation_end, name="staff_invitation_end"),
    path("organisations/new/", staff_pages.organisation_new, name="staff_organisation_new"),
    path(
        "organisations/<uuid:organisation>/groups/new/",
        staff_pages.group_new,
        name="staff_group_new",
    ),
    path("log/", auditor_pages.log, name="staff_log"),
    path("log/check/", auditor_pages.check, name="staff_log_check"),
    path("log/export/", auditor_pages.export, name="staff_log_export"),
    path("opening/", breaking_glass_pages.glass, name="staff_glass"),
    path("opening/ask/", breaking_glass_pages.ask, name="staff_glass_ask"),
    path("opening/<uuid:which>/decide/", breaking_glass_pages.decide, name="staff_glass_decide"),
    path("opening/<uuid:which>/read/", breaking_glass_pages.read, name="staff_glass_read"),
    path("opening/<uuid:which>/close/", breaking_glass_pages.close, name="staff_glass_close"),
]
