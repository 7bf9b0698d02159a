"""Every address, feature by feature."""

from __future__ import annotations

from django.urls import include, path
from django.views.i18n import set_language

from qingting.site import pages

urlpatterns = [
    path("", include("qingting.talk.urls")),
    path("", include("qingting.safety.urls")),
    path("", include("qingting.skills.urls")),
    path("account/", include("qingting.people.accounts.urls")),
    path("me/", include("qingting.people.urls")),
    path("about/", pages.about, name="about"),
    path("healthz", pages.healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
]

handler500 = "qingting.site.pages.broken"
