"""Addresses of consents, age, guardians and the person to call."""

from __future__ import annotations

from django.urls import path

from qingting.people.consent import contact_pages, guardian_pages, pages, rest_pages

urlpatterns = [
    path("consents/", pages.consents, name="my_consents"),
    path("consents/model/", pages.answer_model, name="answer_model"),
    path("consents/back/", pages.take_back, name="take_consent_back"),
    path("age/", pages.age, name="my_age"),
    path("contact/", contact_pages.contact, name="my_contact"),
    path("guardian/", guardian_pages.guardian, name="my_guardian"),
    path("guardian/rest/", rest_pages.own, name="my_rest"),
    path("guardian/yes/", guardian_pages.agree, name="guardian_says_yes"),
    path("guardian/yes/<str:code>/", guardian_pages.agree, name="guardian_yes"),
    path("guardian/back/", guardian_pages.withdraw, name="guardian_back"),
    path("child/", guardian_pages.child, name="my_child"),
    path("child/rest/", rest_pages.theirs, name="child_rest"),
]
