"""Every address, feature by feature."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from qingting.site import notices_pages, pages, protocol_pages, security_pages, setup_pages

urlpatterns = [
    path("", include("qingting.talk.urls")),
    path("", include("qingting.safety.urls")),
    path("", include("qingting.skills.urls")),
    path("", include("qingting.memory.urls")),
    path("", include("qingting.progress.urls")),
    path("", include("qingting.policy.urls")),
    path("", include("qingting.voices.urls")),
    path("", include("qingting.complaints.urls")),
    path("", include("qingting.library.urls")),
    path("", include("qingting.people.hiding.urls")),
    path("", include("qingting.telling.urls")),
    path("account/", include("qingting.people.accounts.urls")),
    path("me/", include("qingting.people.urls")),
    path("staff/setup/", setup_pages.setup, name="staff_setup"),
    path("staff/", include("qingting.people.staff.urls")),
    path("about/", pages.about, name="about"),
    path("privacy/", notices_pages.privacy, name="privacy"),
    path("terms/", notices_pages.terms, name="terms"),
    path(".well-known/security.txt", security_pages.security_txt, name="security_txt"),
    path("robots.txt", security_pages.robots, name="robots"),
    path("protocol/", protocol_pages.protocol, name="protocol"),
    path("about/promise/", pages.promise, name="promise"),
    path("healthz", pages.healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
]

handler400 = "qingting.site.pages.unreadable"
handler403 = "qingting.site.pages.closed"
handler500 = "qingting.site.pages.broken"
