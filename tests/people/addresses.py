"""Every address of the site, and whose it is. A new address needs a line here (test_matrix.py).

PUBLIC: the same for everybody. OWN: whatever it shows is of whoever asks. STAFF: opened by a role.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from django.urls import URLPattern, URLResolver, get_resolver

from qingting.people.roles import STAFF as STAFF_ROLES
from qingting.people.roles import Role

PUBLIC: Final = {
    "now/",
    "safety/card/",
    "sw.js",
    "manifest.webmanifest",
    "skills/",
    "skills/<slug:name>/",
    "library/",
    "library/kept.json",
    "library/<slug:slug>/",
    "skills/pace/<slug:rhythm>x<int:rounds>.css",
    "about/",
    "about/promise/",
    "healthz",
    "notes/",
    "notes/open/",
    "privacy/",
    "terms/",
    ".well-known/security.txt",
    "robots.txt",
    "language/",
    "staff/begin/<str:code>/",
    "protocol/",
    # Whoever got a letter: opened by the code in it, the same for everybody who has it.
    "here/<str:code>/",
}
OWN: Final = {
    "",
    "talk/",
    "talk/<uuid:which>/",
    "talk/<uuid:which>/rename/",
    "talk/<uuid:which>/delete/",
    "talk/<uuid:which>/restore/",
    "talk/asked/<uuid:which>/",
    "talk/<uuid:which>/end/",
    "talk/why/<uuid:which>/",
    "talk/turns/<uuid:turn>/",
    "talk/turns/<uuid:turn>/stop/",
    "safety/plan/",
    "safety/plan/copy/",
    "safety/plan/delete/",
    "skills/mine/",
    "skills/mine/delete/",
    "skills/mine/<uuid:which>/",
    "skills/mine/<uuid:which>/delete/",
    "memory/",
    "memory/choice/",
    "memory/forget/",
    "memory/<uuid:which>/correct/",
    "memory/<uuid:which>/here/",
    "memory/<uuid:which>/forget/",
    "questions/",
    "questions/result/<uuid:which>/",
    "questions/result/<uuid:which>/delete/",
    "questions/<slug:key>/",
    "questions/<slug:key>/again/",
    "progress/mood/",
    "progress/mood/<uuid:which>/",
    "progress/mood/<uuid:which>/delete/",
    "progress/choice/",
    "progress/import/",
    "progress/import/undo/",
    "progress/letter/",
    "progress/letter/<uuid:which>/",
    "progress/letter/<uuid:which>/edit/",
    "progress/letter/<uuid:which>/delete/",
    "progress/summary/",
    "progress/fhir/",
    "journal/",
    "journal/write/",
    "journal/<uuid:which>/",
    "journal/<uuid:which>/edit/",
    "journal/<uuid:which>/delete/",
    "progress/",
    "me/",
    "me/seen/",
    "me/told/",
    "me/export/",
    "me/erase/",
    "me/erase/words/",
    "me/join/",
    "me/join/<uuid:which>/leave/",
    "me/consents/",
    "me/consents/model/",
    "me/consents/back/",
    "device/",
    "device/pin/",
    "notes/other/",
    "me/age/",
    "me/contact/",
    "me/telling/",
    "me/reminders/",
    "me/guardian/",
    "me/guardian/rest/",
    "me/guardian/yes/",
    "me/guardian/yes/<str:code>/",
    "me/guardian/back/",
    "me/child/",
    "me/child/rest/",
    "account/",
    "account/signup/",
    "account/login/",
    "account/logout/",
    "account/inactive/",
    "account/reauthenticate/",
    "account/password/change/",
    "account/password/set/",
    "account/password/forgotten/",
    "account/password/code/",
    "account/devices/",
    "account/devices/<uuid:device>/out/",
    "account/before/",
    "account/second/",
    "account/second/authenticate/",
    "account/second/reauthenticate/",
    "account/second/totp/activate/",
    "account/second/totp/deactivate/",
    "account/second/totp/picture.svg",
    "account/second/codes/",
    "account/second/codes/new/",
    "account/second/passkeys/",
    "account/second/passkeys/add/",
    "account/second/passkeys/login/",
    "account/second/passkeys/reauthenticate/",
    "account/second/passkeys/<int:pk>/remove/",
    "account/second/passkeys/<int:pk>/edit/",
    "account/campus/cancelled/",
    "account/campus/failed/",
    "account/campus/<slug:provider_id>/login/",
    "account/campus/<slug:provider_id>/login/callback/",
    "voices/",
    "me/balance/",
    "complaints/",
    "complaints/answer/",
    "complaints/<uuid:which>/close/",
    # Which says itself what it needs.
    "staff/second/",
}
_SERVING: Final = frozenset({Role.COUNSELLOR, Role.SUPERVISOR})
_INVITING: Final = frozenset({Role.COUNSELLOR, Role.OPERATOR})
_OPERATOR: Final = frozenset({Role.OPERATOR})
_AUDITOR: Final = frozenset({Role.AUDITOR})
STAFF: Final[dict[str, frozenset[Role]]] = {
    "staff/": STAFF_ROLES,
    "staff/figures/": _OPERATOR,
    "staff/roles/": _OPERATOR,
    "staff/roles/<uuid:grant>/take/": _OPERATOR,
    "staff/organisations/new/": _OPERATOR,
    "staff/organisations/<uuid:organisation>/groups/new/": _OPERATOR,
    "staff/invitations/": _INVITING,
    "staff/invitations/new/": _INVITING,
    "staff/invitations/<uuid:which>/end/": _INVITING,
    "staff/complaints/": _OPERATOR,
    "staff/complaints/<uuid:which>/reply/": _OPERATOR,
    "staff/setup/": _OPERATOR,
    "staff/log/": _AUDITOR,
    "staff/log/check/": _AUDITOR,
    "staff/log/export/": _AUDITOR,
    "staff/tasks/": _SERVING,
    "staff/tasks/<uuid:which>/take/": _SERVING,
    "staff/tasks/<uuid:which>/end/": _SERVING,
    "staff/opening/": _SERVING,
    "staff/opening/ask/": _SERVING,
    "staff/opening/<uuid:which>/decide/": frozenset({Role.SUPERVISOR}),
    "staff/opening/<uuid:which>/read/": _SERVING,
    "staff/opening/<uuid:which>/close/": _SERVING,
}


def every() -> Iterator[tuple[str, Any]]:
    """(address as it is written in the urls, its view) for every address there is."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: Any, before: str) -> Iterator[tuple[str, Any]]:
    for one in patterns:
        here = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one.url_patterns, here)
        elif isinstance(one, URLPattern):
            yield here, one.callback
