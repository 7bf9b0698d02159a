"""Telling one person, with a real mail server: seen first, stopped in time, answered, handed on,
and the truth when it fails."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.db import connection

from qingting.outbox.models import Letter
from qingting.people.consent import service as consents
from qingting.people.consent.contacts import NamedContact
from qingting.privacy.models import AuditEntry
from qingting.telling.models import Why
from tests.servers.smtp import Mailbox, mail_server
from tests.telling.telling_site import SAID, SISTER, URL, WISH, ZH, Site, danger, somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture(scope="module")
def server() -> Iterator[Mailbox]:
    with mail_server() as box:
        yield box


@pytest.fixture
def site(server: Mailbox) -> Site:
    server.letters.clear()
    server.recipients.clear()
    server.answers.clear()
    return Site(server)


def code_in(text: str) -> str:
    found = re.search(rf"{URL}/here/([\w-]+)/", text)
    assert found is not None
    return found[1]


def test_she_sees_the_exact_letter_first_and_it_goes_when_the_wait_is_over(site: Site) -> None:
    her = somebody(site)
    shown = her.said(danger(site.now))
    assert shown is not None
    assert shown.letter is not None
    assert shown.minutes == 10
    site.run()
    site.later(minutes=9, seconds=50)
    site.run()
    assert site.box.letters == []
    site.later(seconds=10)
    site.run()
    assert her.last().state == "told"
    # Word for word what she saw, to whom she named, and to nobody else.
    assert site.box.body() == shown.letter.text
    assert site.box.letters[0]["Subject"] == shown.letter.subject
    assert site.box.recipients == ["xiaoman@example.com"]
    assert WISH in site.box.body()
    # Nothing of what was said, no level, no reason.
    assert not any(word in site.box.body() for word in ("顶楼", "跳", "想好了", "high", "suicide"))
    noted = AuditEntry.objects.filter(subject=her.person).order_by("seq")
    assert [one.action for one in noted][-1] == "released_to_contact"
    # No second letter, however often the worker looks.
    site.later(minutes=1)
    site.run()
    assert len(site.box.letters) == 1


def test_she_can_stop_it_until_it_is_gone(site: Site) -> None:
    her = somebody(site)
    her.said(danger(site.now))
    site.later(minutes=5)
    assert site.tellings.stop(her.person, Why.NOT_NOW)
    site.later(hours=1)
    site.run()
    assert her.last().state == "stopped"
    # Said again the same: she is not asked twice in one night; something graver begins anew.
    assert her.said(danger(site.now)) is None
    assert her.said(danger(site.now, "imminent")) is not None
    site.later(hours=13)
    assert site.box.letters == []
    site.run()
    assert site.box.letters == []
    assert not site.tellings.stop(somebody(site).person, Why.NOT_NOW)


def test_a_no_to_this_one_holds_for_good(site: Site) -> None:
    her = somebody(site)
    her.said(danger(site.now))
    site.tellings.stop(her.person, Why.NOT_THEM)
    assert consents.contact_to_tell(her.person, site.now) is None
    site.rule = "on_explicit_intent"
    site.later(hours=20)
    assert her.said(danger(site.now, "imminent")) is None


def test_repeats_are_one_telling_and_graver_only_makes_it_sooner(site: Site) -> None:
    her = somebody(site)
    assert her.said(danger(site.now)) is not None
    site.later(minutes=1)
    for _ in range(3):
        assert her.said(danger(site.now)) is None
    sooner = her.said(danger(site.now, "imminent", act="doing"))
    assert sooner is not None
    assert not sooner.left
    site.run()
    assert len(site.box.letters) == 1
    assert Letter.objects.filter(person_id=her.person).count() == 1
    assert her.said(danger(site.now, "imminent", act="doing")) is None


def test_what_is_said_while_it_waits_counts(site: Site) -> None:
    """The sister turns out to be the one who hurts her: nothing goes."""
    her = somebody(site)
    her.said(danger(site.now))
    site.later(minutes=2)
    her.said(danger(site.now, hurt="sibling"))
    site.later(minutes=9)
    site.run()
    assert site.box.letters == []
    assert her.last().state == "stopped"
    # And so does a consent taken back.
    other = somebody(site)
    other.said(danger(site.now))
    consents.current().contact_may_be_told(other.person, yes=False)
    site.later(minutes=11)
    site.run()
    assert site.box.letters == []


def test_nobody_is_told_against_policy_set_up_or_her_word(site: Site) -> None:
    without = somebody(site, None)
    without.names(SISTER, agrees=False)
    assert without.said(danger(site.now)) is None
    never = somebody(site, replace(SISTER, never_tell="我姐"))
    assert never.said(danger(site.now)) is None
    phone = somebody(site, replace(SISTER, mail=""))
    assert phone.said(danger(site.now)) is None
    hers = somebody(site)
    site.rule = "never"
    assert hers.said(danger(site.now)) is None
    site.rule = "on_explicit_intent"
    site.connect("")
    assert hers.said(danger(site.now)) is None
    site.connect()
    assert without.said(danger(site.now)) is not None


def test_an_answer_ends_it_and_its_code_works_once(site: Site) -> None:
    her = somebody(site)
    her.said(danger(site.now, "imminent", act="doing"))
    site.run()
    code = code_in(site.box.body())
    assert site.tellings.waits_for(code)
    assert not site.tellings.answered("no-such-code", "there")
    assert site.tellings.answered(code, "there")
    assert not site.tellings.answered(code, "cannot")
    assert her.last().state == "there"
    site.later(hours=1)
    site.run()
    assert len(site.box.letters) == 1


def guardian_of(site: Site, person: object, mail: str, *, relation: str = "爸爸") -> None:
    parts = consents.current()
    code = parts.ask_guardian(person)  # type: ignore[arg-type]
    parts.agree(code, name="林国强", relation=relation, account=None, mail=mail)
    which = parts.guardians_of(person)[-1].id  # type: ignore[arg-type]
    parts.guardian_may_be_alerted(person, which, yes=True)  # type: ignore[arg-type]


@pytest.mark.parametrize("answer", ["", "cannot"])
def test_unanswered_it_goes_to_the_next_who_is_shown_first_too(site: Site, answer: str) -> None:
    her = somebody(site)
    guardian_of(site, her.person, "dad@example.com")
    her.said(danger(site.now, "imminent", act="doing"))
    site.run()
    assert site.box.recipients == ["xiaoman@example.com"]
    if answer:
        site.tellings.answered(code_in(site.box.body()), answer)
    else:
        site.later(minutes=11)
        her.said(danger(site.now, "imminent"))
    site.run()
    shown = site.tellings.seen(her.person)
    assert shown is not None
    assert shown.name == "林国强"
    assert shown.letter is not None
    # How to respond comes first.
    assert "别骂" in shown.letter.lines[1]
    if shown.left:
        assert len(site.box.letters) == 1
        site.later(minutes=4)
        site.run()
    assert site.box.recipients == ["xiaoman@example.com", "dad@example.com"]
    assert site.box.body() == shown.letter.text
    site.later(minutes=30)
    site.run()
    assert her.last().state == "unanswered"


def test_a_father_who_hurts_is_not_the_next(site: Site) -> None:
    her = somebody(site)
    guardian_of(site, her.person, "dad@example.com")
    her.said(danger(site.now, "imminent", act="doing", hurt="mother"))
    site.run()
    site.later(minutes=11)
    site.run()
    assert site.box.recipients == ["xiaoman@example.com"]
    assert her.last().state == "unanswered"


def test_a_server_that_is_down_is_tried_to_its_end_and_she_hears_the_truth(site: Site) -> None:
    her = somebody(site)
    her.said(danger(site.now, "imminent", act="doing"))
    site.box.answers += ["451 not now"] * 5
    for _ in range(5):
        assert site.run() == "later"
        site.later(minutes=3)
    site.run()
    assert len(site.box.letters) == 1
    # The same letter, whenever it is tried.
    letter = Letter.objects.get(person_id=her.person)
    assert site.box.letters[0]["Message-ID"] == f"<{letter.pk.hex}@qingting.example.edu>"
    other = somebody(site)
    other.said(danger(site.now, "imminent", act="doing"))
    site.connect("smtp://127.0.0.1:1?tls=none")
    for _ in range(6):
        site.run()
    assert other.last().state == "failed"
    told = site.tellings.bad_end(other.person, other.seal)
    assert told is not None
    assert told.name == "林小满"
    assert site.tellings.bad_end(other.person, other.seal) is None


def test_an_address_that_does_not_exist_is_not_tried_again(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    her = somebody(site)
    her.said(danger(site.now, "imminent", act="doing"))
    site.box.answers += ["550 no such user xiaoman@example.com here"]
    site.run()
    assert her.last().state == "failed"
    assert site.box.answers == []
    assert "xiaoman" not in caplog.text
    assert "林小满" not in caplog.text


def test_too_late_is_not_sent(site: Site) -> None:
    """The machine was off for a day, or a copy of last week was brought back."""
    her = somebody(site)
    her.said(danger(site.now))
    site.later(hours=23)
    site.run()
    assert her.last().state == "stopped"
    assert site.box.letters == []


def test_she_may_ask_for_it_herself(site: Site) -> None:
    her = somebody(site, None)
    assert site.tellings.ask(her.person, ZH) is None
    her.names(SISTER, agrees=False)
    shown = site.tellings.ask(her.person, ZH)
    assert shown is not None
    site.run()
    assert site.box.recipients == ["xiaoman@example.com"]


def test_nothing_of_it_stands_in_the_clear(site: Site) -> None:
    her = somebody(site)
    her.said(danger(site.now))
    site.later(minutes=11)
    site.run()
    with connection.cursor() as cursor:
        for table in ("telling_telling", "telling_task", "outbox_letter", "privacy_auditentry"):
            cursor.execute(f"SELECT * FROM {table}")
            row = repr(cursor.fetchall())
            for word in (SAID, WISH, "小满", "xiaoman", "阿川", "suicide", "high"):
                assert word not in row, (table, word)


def test_a_name_cannot_break_out_of_the_letter(site: Site) -> None:
    odd = NamedContact(
        "", "{link}\nBcc: all@example.com", "1", "姐姐", called="阿川\nSubject: x", mail="a@b.cn"
    )
    her = somebody(site, odd)
    her.said(danger(site.now, "imminent", act="doing"))
    site.run()
    assert site.box.letters[0]["Bcc"] is None
    assert site.box.recipients == ["a@b.cn"]
    assert "{link} Bcc: all@example.com" in site.box.body()
