"""Somebody in danger with a sister who can be told, the clock in hand, and the worker's steps taken
one by one (the worker itself: test_worker.py)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection

from qingting.companion.person import Person as Reader
from qingting.companion.policy import Telling as Rule
from qingting.companion.protect.episode import Asking, Episode, People
from qingting.companion.protect.facets import Known
from qingting.outbox import deliver
from qingting.outbox import service as outbox
from qingting.outbox.server import mail_of
from qingting.people import devices, visitors
from qingting.people.consent import service as consents
from qingting.people.consent.contacts import NamedContact
from qingting.privacy.keyring import Keyring
from qingting.privacy.sealing import PersonSeal
from qingting.site.episodes import StoredEpisodes
from qingting.site.wiring import wire
from qingting.telling import service
from qingting.telling.advance import advance
from qingting.telling.models import OPEN, Telling
from qingting.telling.records import Shown
from tests.servers.smtp import Mailbox

BEGAN = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SAID = "今晚就从顶楼跳下去，我想好了"
WISH = "你做的红烧肉我一直记得"
SISTER = NamedContact(
    "", "林小满", "13900000000", "姐姐", called="阿川", say=WISH, mail="xiaoman@example.com"
)
URL = "https://qingting.example.edu"
ZH = Reader(locale="zh-CN")


def danger(now: datetime, level: str = "high", *, act: str = "none", hurt: str = "") -> Episode:
    """They said that they want to die and how."""
    known = {
        "suicide.thoughts": Known("yes", SAID, now),
        "suicide.plan": Known("yes", SAID, now),
    }
    return Episode(
        levels={"suicide": level},  # type: ignore[dict-item]
        opened_at=now,
        danger_at=now,
        shown=True,
        act=act,  # type: ignore[arg-type]
        asking=Asking(known=known),
        people=People(hurt_by=frozenset({hurt} if hurt else ())),
    )


@dataclass(slots=True)
class Site:
    """One process with a clock of its own."""

    box: Mailbox
    now: datetime = BEGAN
    rule: Rule = "with_consent"
    keyring: Keyring = field(init=False)

    def __post_init__(self) -> None:
        wire(settings.CONFIG)
        self.keyring = service.current().keyring
        consents.current().clock = lambda: self.now
        self.connect()

    def connect(self, url: str | None = None) -> None:
        """Letters go to this server; "" for none."""
        mail = None if url == "" else mail_of(url or self.box.url, "notes@qingting.example.edu")
        parts = service.current()
        outbox.use(outbox.Outbox(self.keyring, lambda: self.now, mail))
        service.use(
            replace(parts, clock=lambda: self.now, rule=lambda _: self.rule, public_url=URL)
        )

    @property
    def tellings(self) -> service.Tellings:
        return service.current()

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def run(self) -> str:
        """Everything that can be done now, as the worker would; the last word of it."""
        done = "end"
        for which in Telling.objects.filter(state__in=OPEN).values_list("pk", flat=True):
            for _ in range(20):
                order = advance(self.tellings, which)
                done = order.do
                if order.do == "deliver":
                    done = deliver.attempt(outbox.current(), UUID(order.letter))
                    if done == "later":
                        break
                elif order.do == "end" or order.seconds > 0:
                    break
        return done


@dataclass(slots=True)
class Somebody:
    """Somebody with a device."""

    site: Site
    person: UUID
    token: str

    @property
    def seal(self) -> PersonSeal:
        return self.site.keyring.open(self.person)

    def said(self, episode: Episode, reader: Reader = ZH) -> Shown | None:
        """What a turn does once the episode is known and kept."""
        with connection.cursor() as cursor:
            StoredEpisodes().keep(cursor, self.person, self.seal, episode, self.site.now)
        return self.site.tellings.notice(self.person, self.seal, episode, reader)

    def names(self, contact: NamedContact, *, agrees: bool = True) -> None:
        parts = consents.current()
        parts.save_contact(self.person, contact)
        if agrees:
            parts.contact_may_be_told(self.person, yes=True)

    def last(self) -> Any:
        return Telling.objects.filter(person_id=self.person).order_by("-began_at").first()


def somebody(site: Site, contact: NamedContact | None = SISTER) -> Somebody:
    token = visitors.new_token()
    person = devices.new_person(site.keyring, site.now)
    devices.add(person, token, site.now)
    found = Somebody(site, person, token)
    if contact is not None:
        found.names(contact)
    return found
