"""Addresses of accounts. Of django-allauth's own pages only those that need no e-mail address."""

from __future__ import annotations

from allauth.account import views
from allauth.socialaccount import views as campus
from django.urls import include, path

from qingting.people.accounts import pages

urlpatterns = [
    path("", pages.home, name="account_home"),
    path("signup/", views.signup, name="account_signup"),
    path("login/", views.login, name="account_login"),
    path("logout/", pages.leave, name="account_logout"),
    path("inactive/", views.account_inactive, name="account_inactive"),
    path("reauthenticate/", views.reauthenticate, name="account_reauthenticate"),
    path("password/change/", views.password_change, name="account_change_password"),
    path("password/set/", views.password_set, name="account_set_password"),
    path("password/forgotten/", pages.forgotten, name="account_reset_password"),
    path("password/code/", pages.rescue_new, name="rescue_new"),
    path("devices/", pages.device_list, name="account_devices"),
    path("devices/<uuid:device>/out/", pages.device_out, name="device_out"),
    path("before/", pages.join_guest, name="join_guest"),
    path("second/", include("allauth.mfa.urls")),
    path("campus/cancelled/", campus.login_cancelled, name="socialaccount_login_cancelled"),
    path("campus/failed/", campus.login_error, name="socialaccount_login_error"),
    path("campus/", include("allauth.socialaccount.providers.openid_connect.urls")),
]
