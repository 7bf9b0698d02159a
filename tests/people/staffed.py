"""An installation in one database with staff, two schools and people who wrote something, for tests
with Django's client."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.test import Client
from django.utils import timezone

from qingting.companion.exercise import run as exercises
from qingting.companion.instruments.instrument import Answers
from qingting.companion.progress.mood import Entry, Mood
from qingting.companion.protect.safety_plan import SafetyPlan, dump
from qingting.companion.remember.item import Item, Source
from qingting.memory import rows as ledger
from qingting.people import devices, organisations, staff_service, visitors
from qingting.people.accounts import belonging
from qingting.people.accounts.models import Account, RoleGrant
from qingting.people.actor import Actor, roles_of
from qingting.people.roles import Role
from qingting.people.staff.models import Appointment, Group, Membership, Organisation
from qingting.privacy.audit import By
from qingting.privacy.sealing import Place
from qingting.progress.rows import ANSWERS, ENTRIES, MOODS
from qingting.safety.models import SafetyPlanRecord
from qingting.site.wiring import wire
from qingting.skills.models import ExerciseRun
from qingting.talk.models import Conversation, Message, Turn

BY = By("command", "test")
WORDS = "我把日记烧了，烟从窗缝出去"
PLAN = "听那张叫苔藓的歌单"
CAMPUS = {"name": "苗远舟", "sub": "20261107"}


@dataclass(slots=True)
class Clock:
    """The time for staff: now, moved as a test likes."""

    ahead: timedelta = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(slots=True)
class Somebody:
    """A person who wrote something."""

    person: UUID
    token: str
    ids: dict[str, Any] = field(default_factory=dict)
    account: Account | None = None
    membership: Membership | None = None


def wired(**changed: Any) -> Clock:
    """Parts of the process, with a clock of its own for staff."""
    wire(settings.CONFIG)
    clock = Clock()
    parts = staff_service.current()
    staff_service.use(
        staff_service.Staff(
            parts.keyring,
            parts.installation,
            clock,
            parts.opens,
            parts.figures,
            **{"needs_two": True, **changed},
        )
    )
    return clock


def somebody(words: str = WORDS, *, name: str = "", group: Group | None = None) -> Somebody:
    """A person with a talk, a plan, an exercise; name: with an account; group: in a class."""
    now, token, parts = timezone.now(), visitors.new_token(), belonging.current()
    person = devices.new_person(parts.keyring, now)
    devices.add(person, token, now)
    found = Somebody(person, token)
    _write(found, words, now)
    if name:
        found.account = Account.objects.create_user(name, None)
        parts.join(found.account.pk, person)
        parts.keep_identity(found.account.pk, CAMPUS)
    if group is not None:
        found.membership = organisations.join(person, group.pk)
    return found


def _write(one: Somebody, words: str, now: datetime) -> None:
    seal = belonging.current().keyring.open(one.person)
    talk = Conversation(person_id=one.person, created_at=now, updated_at=now)
    talk.title = seal.seal(words[:12], Place("talk_conversation", "title", talk.pk))
    talk.save(force_insert=True)
    turn = Turn.objects.create(
        person_id=one.person,
        conversation=talk,
        key=uuid.uuid4().hex,
        status="done",
        claimed_by="",
        claimed_until=now,
        created_at=now,
        finished_at=now,
    )
    message = Message(conversation=talk, turn=turn, seq=1, speaker="person", created_at=now)
    message.body = seal.seal(words, Place("talk_message", "body", message.pk))
    message.save(force_insert=True)
    plan = SafetyPlan().replacing("alone", (PLAN if words == WORDS else words,))
    SafetyPlanRecord.objects.create(
        person_id=one.person,
        body=seal.seal_json(dump(plan), Place("safety_safetyplan", "body", one.person)),
        updated_at=now,
    )
    run = ExerciseRun(person_id=one.person, begun_at=now, updated_at=now)
    left = exercises.dump(exercises.Run("values_compass", exercises.BEFORE, now))
    run.body = seal.seal_json(left, Place("skills_exerciserun", "body", run.pk))
    run.save(force_insert=True)
    device = devices.of(one.person)[0].pk
    item = Item(
        id=uuid.uuid4().hex,
        kind="strength",
        about="diary",
        says=words,
        quote=words,
        language="zh",
        sources=(Source(turn.pk.hex, 0, len(words), now),),
    )
    ledger.keep(one.person, [item], seal, now)
    mood, entry = uuid.uuid4(), uuid.uuid4()
    noted = Mood(mood.hex, now.date(), now, -1, note=words)
    MOODS.keep(one.person, mood, noted, seal, now)
    page = Entry(entry.hex, now.date(), now, words)
    ENTRIES.keep(one.person, entry, page, seal, now)
    answers = uuid.uuid4()
    answered = Answers(answers.hex, "phq9", "zh", now.date(), {"q1": 1})
    ANSWERS.keep(one.person, answers, answered, seal, now)
    one.ids = {
        "mood": mood,
        "entry": entry,
        "answers": answers,
        "talk": talk.pk,
        "turn": turn.pk,
        "run": run.pk,
        "device": device,
        "item": uuid.UUID(item.id),
    }


def replied(one: Somebody) -> uuid.UUID:
    """A reply of ours that says their words, in their talk; its id."""
    seal, now = belonging.current().keyring.open(one.person), timezone.now()
    reply = Message(conversation_id=one.ids["talk"], seq=2, speaker="companion", created_at=now)
    reply.body = seal.seal(WORDS, Place("talk_message", "body", reply.pk))
    why = {"plan": {"why": "unsure"}, "responder": "guided", "language": "zh"}
    reply.about = seal.seal_json(why, Place("talk_message", "about", reply.pk))
    reply.save(force_insert=True)
    return reply.pk


def school(name: str = "杏林中学") -> tuple[Organisation, Group]:
    """An organisation with one class."""
    place = organisations.make(name, uuid.uuid4())
    return place, organisations.make_group(place.pk, "三班", uuid.uuid4())


def staff(name: str, *roles: Role, at: Organisation | None = None) -> Account:
    """An account with roles."""
    account = Account.objects.create_user(name, None)
    for role in roles:
        organisations.give(account.pk, role, at.pk if at else None, BY, "command:test")
    return account


def actor(account: Account, *, second_factor: bool = True) -> Actor:
    """As a request of theirs would be read."""
    roles = roles_of(account.pk, timezone.now() + timedelta(minutes=1))
    return Actor(None, account.pk, roles, second_factor)


def client(
    account: Account | None = None, token: str = "", *, second_factor: bool = True
) -> Client:
    """A browser: signed in, or a device, or both, or neither."""
    browser = Client(
        HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE="zh-CN", raise_request_exception=False
    )
    if account is not None:
        sign_in(browser, account, second_factor=second_factor)
    if token:
        signed = signing.Signer(salt="qingting.people.device").sign(token)
        browser.cookies[visitors.COOKIE] = signed
    return browser


def sign_in(browser: Client, account: Account, *, second_factor: bool) -> None:
    """A session as a sign-in leaves it."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session["_auth_user_id"] = str(account.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = account.get_session_auth_hash()
    methods = [{"method": "password", "at": time.time(), "username": account.username}]
    if second_factor:
        methods.append({"method": "mfa", "at": time.time(), "type": "totp"})
    session["account_authentication_methods"] = methods
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key


def take_all(account: Account) -> None:
    """Every role taken."""
    for grant in RoleGrant.objects.filter(account=account, taken_at=None):
        organisations.take(grant.pk, BY)
    assert not Appointment.objects.filter(account=account, ended_at=None).exists()
