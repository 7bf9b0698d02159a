"""Addresses of accounts. Of django-allauth's own pages only those that need no e-mail address."""

from __future__ import annotations

from allauth.account import views
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as campus
from allauth.socialaccount.providers.openid_connect import views as openid
from django.conf import settings
from django.db import transaction
from django.urls import include, path

from qingting.people.accounts import pages

# A second factor changes together with its entry in the audit log, or not at all.
_whole = transaction.atomic

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
    path("second/", second.index, name="mfa_index"),
    path("second/authenticate/", second.authenticate, name="mfa_authenticate"),
    path("second/reauthenticate/", second.reauthenticate, name="mfa_reauthenticate"),
    path("second/totp/activate/", _whole(totp.activate_totp), name="mfa_activate_totp"),
    path("second/totp/deactivate/", _whole(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("second/totp/picture.svg", pages.totp_picture, name="totp_picture"),
    path("second/codes/", spare.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "second/codes/new/",
        _whole(spare.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("second/passkeys/", passkeys.list_webauthn, name="mfa_list_webauthn"),
    path("second/passkeys/add/", _whole(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path("second/passkeys/login/", passkeys.login_webauthn, name="mfa_login_webauthn"),
    path(
        "second/passkeys/reauthenticate/",
        passkeys.reauthenticate_webauthn,
        name="mfa_reauthenticate_webauthn",
    ),
    path(
        "second/passkeys/<int:pk>/remove/",
        _whole(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("second/passkeys/<int:pk>/edit/", passkeys.edit_webauthn, name="mfa_edit_webauthn"),
    path("campus/cancelled/", campus.login_cancelled, name="socialaccount_login_cancelled"),
    path("campus/failed/", pages.campus_failed, name="socialaccount_login_error"),
    path("campus/<slug:provider_id>/login/", pages.campus, name="openid_connect_login"),
    path(
        "campus/<slug:provider_id>/login/callback/",
        openid.callback,
        name="openid_connect_callback",
    ),
]
if settings.CONFIG.campus_saml:
    # Not otherwise: what it imports is an extra.
    urlpatterns += [path("campus/saml/", include("qingting.people.accounts.campus.saml_urls"))]
