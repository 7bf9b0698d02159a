"""Django's settings, derived from qingting.site.config. Nothing is opened or made on import."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF

from qingting.site.config import read_config
from qingting.site.saml import saml_of

CONFIG = read_config()
HERE = Path(__file__).resolve().parent

# Without the file there is nothing to sign with yet; `qingting` makes it before it serves.
SECRET_KEY = CONFIG.secret_key or (
    CONFIG.secret_key_file.read_text().strip() if CONFIG.secret_key_file.exists() else ""
)
DEBUG = False
_public = urlsplit(CONFIG.public_url)
_over_tls = _public.scheme == "https"
# With this before its name a cookie is one host's alone, set over TLS for the whole of it: no
# neighbour under the same domain can slip in one of theirs.
COOKIE_PREFIX = "__Host-" if _over_tls else ""
ALLOWED_HOSTS = [_public.hostname] if _public.hostname else ["127.0.0.1", "localhost", "[::1]"]
CSRF_TRUSTED_ORIGINS = [CONFIG.public_url.rstrip("/")] if CONFIG.public_url else []

INSTALLED_APPS = [
    "django.contrib.staticfiles",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "csp",
    "qingting.privacy",
    "qingting.people",
    "qingting.people.accounts",
    "qingting.people.staff",
    "qingting.people.consent",
    "qingting.policy",
    "qingting.safety",
    "qingting.outbox",
    "qingting.telling",
    "qingting.talk",
    "qingting.skills",
    "qingting.memory",
    "qingting.progress",
    "qingting.voices",
    "qingting.complaints",
    "qingting.library",
    "qingting.site",
    # After ours, whose templates and words go first.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]
MIDDLEWARE = [
    "qingting.site.middleware.Security",
    "qingting.site.middleware.ContentSecurity",
    "qingting.site.middleware.Hosts",
    "qingting.site.middleware.Language",
    "qingting.site.middleware.Forms",
    "qingting.people.hiding.middleware.DeviceLock",
    "qingting.site.middleware.SignedIn",
    "allauth.account.middleware.AccountMiddleware",
]
# The addresses that know who is signed in (see SignedIn).
SIGNED_IN_PATHS = ("/account/", "/me/", "/staff/")
ROOT_URLCONF = "qingting.site.urls"
ASGI_APPLICATION = "qingting.site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "qingting.site.context.everywhere",
            ],
        },
    },
]


def _database(url: str) -> dict[str, Any]:
    # 0 closes a connection when its page is done: pages run in threads of their own, which end
    # with it. The turns' own thread (talk.database_thread) sees no such end and keeps its own.
    database: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=0))
    if url.startswith("sqlite"):
        return _sqlite(database)
    # A database that does not answer must not keep a person waiting for minutes.
    database["OPTIONS"] = {"connect_timeout": 3, **database.get("OPTIONS", {})}
    database["CONN_HEALTH_CHECKS"] = True
    return database


def _sqlite(database: dict[str, Any]) -> dict[str, Any]:
    asked = dict(database.get("OPTIONS", {}))
    mode, most_pages = asked.pop("mode", None), asked.pop("max_page_count", None)
    # secure_delete: what is deleted is overwritten, so a copied disk does not keep it.
    begin = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON; "
        "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"
    )
    if mode == "ro":
        begin = "PRAGMA query_only=ON; PRAGMA temp_store=MEMORY;"
    if most_pages is not None:
        begin += f" PRAGMA max_page_count={int(most_pages)};"
    if mode is not None:
        database["NAME"] = f"file:{quote(database['NAME'])}?mode={mode}"
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 5,
        "init_command": begin,
        **asked,
    }
    return database


DATABASES = {"default": _database(CONFIG.main_database), "keys": _database(CONFIG.keys_database)}
DATABASE_ROUTERS = ["qingting.site.routers.KeysApart"]

LANGUAGE_CODE = "en"
LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
LANGUAGE_COOKIE_NAME = f"{COOKIE_PREFIX}language"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "static/"
STATIC_ROOT = CONFIG.data_dir / "cache" / "static"
STATICFILES_DIRS = [HERE / "static"]
STORAGES = {
    "staticfiles": {"BACKEND": "qingting.site.static_files.NamedByContent"},
}

AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["qingting.people.accounts.hashing.Argon2"]
_VALIDATION = "django.contrib.auth.password_validation"
# Length and a list of common ones; no rules about signs or capitals (OWASP ASVS 5.0, 6.2).
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username",)},
    },
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "account_home"
LOGOUT_REDIRECT_URL = "start"
ACCOUNT_ADAPTER = "qingting.people.accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_FORMS = {
    "signup": "qingting.people.accounts.allauth_forms.SigningUp",
    "login": "qingting.people.accounts.allauth_forms.SigningIn",
    "change_password": "qingting.people.accounts.allauth_forms.ChangingPassword",
    "set_password": "qingting.people.accounts.allauth_forms.SettingPassword",
    "reauthenticate": "qingting.people.accounts.allauth_forms.Reauthenticating",
}
ACCOUNT_SIGNUP_FORM_CLASS = "qingting.people.accounts.forms.SignUp"
ACCOUNT_USERNAME_VALIDATORS = "qingting.people.accounts.adapter.username_validators"
ACCOUNT_USERNAME_MIN_LENGTH = 2
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = False  # there is no address to enumerate; a name is made up
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {
    "guardian": "20/h/ip",
    "told_answer": "30/h/ip",
    "rescue": "10/h/ip,5/h/key",
    "export": "10/h/key",
    "memory": "120/h/key",
    "progress": "240/h/key",
    "voices": "60/h/key",
    "complaints": "20/h/ip",
    "pin": "5/5m/key",
    "invitation": "30/h/ip",
    "operator_link": "30/h/ip",
    "break_glass": "20/h/key",
}
MFA_ADAPTER = "qingting.people.accounts.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "qingting.people.accounts.second_factor_forms.ActivatingCode",
    "authenticate": "qingting.people.accounts.second_factor_forms.ShowingCode",
    "reauthenticate": "qingting.people.accounts.second_factor_forms.ShowingCodeAgain",
    "edit_webauthn": "qingting.people.accounts.second_factor_forms.NamingPasskey",
    "add_webauthn": "qingting.people.accounts.passkey_forms.AddingPasskey",
    "authenticate_webauthn": "qingting.people.accounts.passkey_forms.ShowingPasskey",
    "login_webauthn": "qingting.people.accounts.passkey_forms.ComingWithPasskey",
    "reauthenticate_webauthn": "qingting.people.accounts.passkey_forms.ShowingPasskeyAgain",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _public.scheme != "https"  # this machine's own address
SOCIALACCOUNT_ADAPTER = "qingting.people.accounts.campus.adapter.CampusAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {
    "openid_connect": {
        "provider_class": "qingting.people.accounts.campus.provider.CampusProvider",
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sign-in",
                "name": CONFIG.campus_name or urlsplit(CONFIG.campus_url).hostname,
                "client_id": CONFIG.campus_client,
                "secret": CONFIG.campus_secret,
                "settings": {"server_url": CONFIG.campus_url},
            }
        ]
        if CONFIG.campus_url
        else [],
    }
}
if CONFIG.campus_saml:
    INSTALLED_APPS.append("allauth.socialaccount.providers.saml")
    SOCIALACCOUNT_PROVIDERS["saml"] = saml_of(CONFIG)
SESSION_ENGINE = "qingting.people.accounts.sessions"
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}session"
SESSION_COOKIE_SAMESITE = "Lax"
# A week of not coming by signs out; the talk itself stays known to its device.
SESSION_COOKIE_AGE = 7 * 24 * 3600
SESSION_SAVE_EVERY_REQUEST = False
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_AGE = 30 * 24 * 3600
CSRF_FAILURE_VIEW = "qingting.site.pages.refused"
CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = DEVICE_COOKIE_SECURE = _over_tls
SESSION_COOKIE_SECURE = _over_tls
SECURE_HSTS_SECONDS = 31_536_000 if _over_tls else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if CONFIG.trusted_proxy else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}
# A message has at most 8,000 characters; a form never needs more than this.
DATA_UPLOAD_MAX_MEMORY_SIZE = 256 * 1024
FILE_UPLOAD_HANDLERS: list[str] = []

# Nothing a person wrote may reach a log: no request bodies, no tracebacks with locals.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "qingting.site.logs.NoContent",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "INFO"},
    "loggers": {
        # Names of passkeys.
        "fido2": {"level": "WARNING"},
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A line for every reply, with the address of the model's endpoint.
        "httpx2": {"level": "WARNING"},
    },
}
