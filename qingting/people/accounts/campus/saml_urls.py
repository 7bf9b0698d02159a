"""Addresses of SAML, below /account/campus/saml/; there only where it is set up."""

from __future__ import annotations

from allauth.socialaccount.providers.saml import views
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.cache import cache_control

from qingting.people.accounts.pages import by_a_page


@cache_control(no_store=True)
def login(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """On to the campus, by a page of ours."""
    return by_a_page(request, views.login(request, organization_slug=organization_slug))


def signed_out_there(request: HttpRequest, organization_slug: str) -> HttpResponse:
    """Nothing: signing out there signs nobody out here. django-allauth's metadata names it."""
    raise Http404


urlpatterns = [
    path("<slug:organization_slug>/login/", login, name="saml_login"),
    path("<slug:organization_slug>/acs/", views.acs, name="saml_acs"),
    path("<slug:organization_slug>/acs/finish/", views.finish_acs, name="saml_finish_acs"),
    path("<slug:organization_slug>/sls/", signed_out_there, name="saml_sls"),
    path("<slug:organization_slug>/metadata/", views.metadata, name="saml_metadata"),
]
