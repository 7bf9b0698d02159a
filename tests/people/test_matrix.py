"""Every address × every role × somebody else's things: refused, or a page without their words.

An address that has no line in addresses.py fails. Each role is tried with GET and with POST, with
the ids of another person's talk, turn, exercise, device, class, invitation and break-glass.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from asgiref.sync import async_to_sync, sync_to_async
from django.core.cache import cache
from django.db import transaction
from django.http import HttpResponseBase
from django.test import Client

from qingting.people import breaking_glass, invitations
from qingting.people.accounts.models import Account, RoleGrant
from qingting.people.breaking_glass import Asked, What
from qingting.people.roles import Role
from qingting.people.staff.models import Invitation
from tests.people import staffed
from tests.people.addresses import OWN, PUBLIC, STAFF, every
from tests.people.staffed import CAMPUS, PLAN, WORDS, Somebody, actor, client, staff

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

REASON = "室友说他留了告别的信，人不在宿舍，电话关机两个小时了"
ROLES = (
    "stranger",
    "guest",
    "account",
    "counsellor_inside",
    "counsellor_outside",
    "supervisor_inside",
    "supervisor_outside",
    "operator",
    "auditor",
    "guardian",
    "duty_contact",
    "revoked",
    "no_second_factor",
)
# Stopping a turn answers the same whether there was one (tests/talk/test_history.py).
_SAYS_NOTHING = "talk/turns/<uuid:turn>/stop/"


@dataclass(slots=True)
class World:
    """Whoever asks, and the one whose things are asked for."""

    them: Somebody
    account: Account | None
    token: str
    second_factor: bool
    roles: frozenset[Role]
    inside: bool
    ids: dict[str, Any] = field(default_factory=dict)

    def browser(self) -> Client:
        return client(self.account, self.token, second_factor=self.second_factor)

    def planted(self, route: str) -> list[str]:
        """What must not stand in an answer."""
        words = [WORDS, WORDS[:12], PLAN, *CAMPUS.values(), "mist-of-theirs"]
        assert self.them.membership is not None
        words.append(self.them.membership.reference)
        if not (Role.SUPERVISOR in self.roles and self.inside and route.startswith("staff/open")):
            words.append(REASON)
        if not route.startswith("staff/log"):  # a random id is what the log is made of
            words += [str(self.them.person), self.them.person.hex]
        return words


async def _beside(work: Any, *args: Any, **kwargs: Any) -> Any:
    """The turns' own thread has a connection of its own, which sees nothing of a test's
    transaction; here turns are looked up where the test is."""
    return await sync_to_async(work)(*args, **kwargs)


@pytest.fixture(params=ROLES)
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setattr("qingting.talk.service.in_database_thread", _beside)
    staffed.wired()
    cache.clear()
    place, group = staffed.school()
    other, _ = staffed.school("远山中学")
    them = staffed.somebody(name="mist-of-theirs", group=group)
    asker = staff("asker", Role.COUNSELLOR, at=place)
    assert them.membership is not None
    asked = Asked(them.membership.reference, What.LAST_CONVERSATION, REASON)
    glass = breaking_glass.ask(actor(asker), asked)
    breaking_glass.decide(actor(staff("allower", Role.SUPERVISOR, at=place)), glass, allow=True)
    invitations.make(invitations.Asked(group=group.pk), asker.pk)
    found = _who(request.param, place, other)
    found.them = them
    found.ids = {
        **them.ids,
        "reply": staffed.replied(them),
        "organisation": place.pk,
        "grant": RoleGrant.objects.get(account=asker).pk,
        "glass": glass,
        "membership": them.membership.pk,
        "invitation": Invitation.objects.get().pk,
        "passkey": Authenticator.objects.create(
            user=them.account, type="webauthn", data={"name": "mist-of-theirs"}
        ).pk,
    }
    yield found
    staffed.wired()


def _who(name: str, place: Any, other: Any) -> World:
    nobody = Somebody(uuid.uuid4(), "")
    if name == "stranger":
        return World(nobody, None, "", True, frozenset(), inside=False)
    if name in ("guest", "account"):
        one = staffed.somebody("今天食堂有糖醋排骨", name="own" if name == "account" else "")
        return World(nobody, one.account, one.token, True, frozenset(), inside=False)
    if name in ("revoked", "no_second_factor"):
        account = staff("own", Role.SUPERVISOR, Role.COUNSELLOR, at=place)
        if name == "revoked":
            staffed.take_all(account)
        return World(nobody, account, "", name == "revoked", frozenset(), inside=True)
    inside = not name.endswith("_outside")
    role = Role(re.sub("_(in|out)side$", "", name))
    serves = role in (Role.COUNSELLOR, Role.SUPERVISOR)
    account = staff("own", role, at=(place if inside else other) if serves else None)
    return World(nobody, account, "", True, frozenset({role}), inside=inside)


def test_every_address_says_whose_it_is() -> None:
    """And each page of staff opens for the roles that the table says, neither more nor fewer."""
    known = {*PUBLIC, *OWN, *STAFF}
    found = dict(every())
    assert set(found) == known
    doors = {one: getattr(view, "opened_by", None) for one, view in found.items()}
    assert {one: roles for one, roles in doors.items() if roles} == STAFF
    assert all(one.startswith("staff/") for one in STAFF)


def test_nobody_gets_at_somebody_elses(world: World) -> None:
    looking = world.browser()
    for route, _ in every():
        address = f"/{_filled(route, world.ids)}"
        _hold(world, route, "get", looking.get(address))
        browser = world.browser()
        with transaction.atomic():
            answer = browser.post(address, {"decision": "allow", "text": "", "title": "x"})
            _hold(world, route, "post", answer)
            transaction.set_rollback(True)  # the next one finds everything as it was


def _hold(world: World, route: str, method: str, answer: HttpResponseBase) -> None:
    where, status = f"{method} {route}", answer.status_code
    assert status < 500, where
    # What begins nothing (a login through a campus that is not set up) may say so.
    _without_their_words(world, route, answer, where)
    if route in STAFF and not STAFF[route] & world.roles:
        assert status in (302, 403), where
        if world.account is None:
            assert urlsplit(answer["Location"]).path == "/account/login/", where
    if "<uuid:" in route and route in OWN and route != _SAYS_NOTHING:
        assert status in (302, 303, 403, 404, 405), where
    if (
        "<uuid:" in route
        and route in STAFF
        and not world.inside
        and Role.OPERATOR not in world.roles
    ):
        assert status in (302, 403, 405), where


def _without_their_words(world: World, route: str, answer: Any, where: str) -> None:
    body = b"".join(_pieces(answer)).decode("utf-8", "replace")
    text = unescape(body)
    for words in world.planted(route):
        assert words not in text, f"{where} shows {words[:4]}"


def _pieces(answer: Any) -> Iterator[bytes]:
    if not answer.streaming:
        yield answer.content
    elif answer.is_async:
        yield from async_to_sync(_drained)(answer)
    else:
        yield from answer.streaming_content


async def _drained(answer: Any) -> list[bytes]:
    return [one async for one in answer.streaming_content]


def _filled(route: str, ids: dict[str, Any]) -> str:
    """The address with ids of the other person's."""
    which = next(
        (
            ids[key]
            for start, key in (
                ("talk/why/", "reply"),
                ("talk/", "talk"),
                ("skills/", "run"),
                ("memory/", "item"),
                ("progress/mood/", "mood"),
                ("journal/", "entry"),
                ("questions/result/", "answers"),
                ("me/join/", "membership"),
                ("staff/opening/", "glass"),
                ("staff/invitations/", "invitation"),
            )
            if route.startswith(start)
        ),
        uuid.uuid4(),
    )
    named = {
        "which": which,
        "pk": ids["passkey"],
        "name": "values-compass",
        "key": "phq9",
        "provider_id": "sign-in",
    }
    named |= {"code": "x" * 43, "rhythm": "4-4", "rounds": 3}

    def put(found: re.Match[str]) -> str:
        name = found.group(2)
        return str(named.get(name, ids.get(name, "x")))

    return re.sub(r"<(\w+):(\w+)>", put, route)


def test_following_every_link_finds_nothing_of_theirs(world: World) -> None:
    browser, seen, waiting = world.browser(), set[str](), ["/", "/me/", "/account/", "/staff/"]
    kinds: dict[str, int] = {}
    while waiting:
        address = waiting.pop()
        path = urlsplit(address).path
        kind = re.sub(r"^/skills/(?!mine/).+|[0-9a-f-]{36}", "…", path)
        if address in seen or kinds.get(kind, 0) >= 2:
            continue
        seen.add(address)
        kinds[kind] = kinds.get(kind, 0) + 1
        answer = browser.get(address)
        assert answer.status_code < 500, address
        _without_their_words(world, path[1:], answer, address)
        if "html" in answer.get("Content-Type", "") and not answer.streaming:
            waiting += _links(answer.content.decode(), address)
        elif answer.status_code in (301, 302, 303):
            waiting.append(answer["Location"])
    assert {"/", "/about/", "/now/", "/account/"} <= seen


def _links(page: str, here: str) -> Iterator[str]:
    for found in re.findall(r'<a [^>]*href="([^"#]*)', page):
        link = unescape(found)
        if link.startswith("?"):
            yield urlsplit(here).path + link
        elif link.startswith("/") and not link.startswith(("//", "/static/")):
            yield link
    for form in re.findall(r"<form(?![^>]*post)[^>]*>", page):
        action = re.search(r'action="([^"]*)"', form)
        yield unescape(action[1]) if action else here
