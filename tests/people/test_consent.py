"""Consents: what stands, what a guardian sees, whom an emergency reaches; copied, erased."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingting.companion.person import Person as Reader
from qingting.people import devices
from qingting.people.accounts import belonging, joining
from qingting.people.consent import contacts, grants, resting, service, vocabulary
from qingting.people.consent.ages import Band, companion_band
from qingting.people.consent.contacts import NamedContact
from qingting.people.consent.exporting import ExportedConsents
from qingting.people.consent.models import Grant
from qingting.people.consent.vocabulary import PURPOSE, What, words_of
from qingting.policy.hosted import may_ask
from qingting.privacy import rows
from qingting.privacy.installation import Installation
from qingting.privacy.key_provider import GivenKeys
from qingting.privacy.keyring import Keyring
from qingting.privacy.models import AuditEntry
from qingting.site.accounts import wire_accounts
from qingting.site.consents import _younger, terms_of
from qingting.voices import service as voices
from tests.policy.packed import CN, ELSEWHERE, EU, US, rules_at
from tests.privacy.audit_log import KEY, keyed

BEGAN = datetime(2026, 3, 1, 23, 15, tzinfo=UTC)
SECRET = "我姑姑住在灯塔路"
RESTS = resting.Agreed(60, "23:00", "06:00")
HOST = "models.example.com"
pytestmark = pytest.mark.django_db(databases=["default", "keys"])


class Standing:
    """Consents in this process, with a clock to turn."""

    def __init__(self) -> None:
        self.now = BEGAN
        self.keyring = Keyring(KEY)
        self.used: dict[date, int] = {BEGAN.date(): 12}
        self.consents = service.Consents(
            self.keyring,
            lambda: self.now,
            model_host=HOST,
            rules=lambda: CN,
            usage=lambda *_: self.used,
        )

    def person(self) -> UUID:
        return devices.new_person(self.keyring, self.now)

    def later(self, **by: int) -> datetime:
        self.now += timedelta(**by)
        return self.now


@pytest.fixture
def here(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Standing]:
    standing = Standing()
    monkeypatch.setattr(service, "_current", standing.consents)
    chosen = voices.Voices(standing.keyring, lambda: standing.now)
    monkeypatch.setattr(voices, "_current", chosen)
    with keyed(lambda: KEY):
        yield standing


DEEDS = st.lists(st.sampled_from(["give", "withdraw", "newer", "wait", "give_a_day"]), max_size=9)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(deeds=DEEDS)
def test_a_grant_stands_exactly_when_the_last_word_was_yes_to_these_words(
    here: Standing, deeds: list[str]
) -> None:
    person, version = here.person(), 1
    says: tuple[int, datetime | None] | None = None
    with pytest.MonkeyPatch.context() as patch:
        for deed in deeds:
            now = here.later(minutes=1)
            patch.setattr(grants, "version_of", lambda _, is_now=version: is_now)
            if deed.startswith("give"):
                until = now + timedelta(days=1) if deed == "give_a_day" else None
                grants.give(person, What.HOSTED_MODEL, HOST, now=now, until=until)
                stands = says is not None and says[0] == version and says[1] is None
                # Yes to a day does not shorten a yes without an end.
                says = says if stands else (version, until)
            elif deed == "withdraw":
                grants.withdraw(person, What.HOSTED_MODEL, now=now)
                says = None
            elif deed == "newer":
                version += 1
                patch.setattr(grants, "version_of", lambda _, is_now=version: is_now)
            else:
                here.later(days=2)
            found = grants.holds(person, What.HOSTED_MODEL, HOST, now=here.now)
            counts = (
                says is not None and says[0] == version and (says[1] is None or here.now < says[1])
            )
            assert (found is not None) == counts, deeds
            assert grants.holds(person, What.HOSTED_MODEL, "other.example", now=here.now) is None
            assert grants.holds(person, What.GUARDIAN_SEES_USAGE, HOST, now=here.now) is None


def test_a_withdrawal_on_one_device_is_not_undone_by_an_older_yes_on_another(
    here: Standing,
) -> None:
    person = here.person()
    for _ in range(2):
        Grant.objects.create(
            person_id=person, what="hosted_model", whom=HOST, why="wording", version=1, since=BEGAN
        )
    first = Grant.objects.filter(person_id=person).first()
    assert first is not None
    first.withdrawn_at = BEGAN + timedelta(hours=1)
    first.save()
    now = BEGAN + timedelta(hours=2)
    assert grants.holds(person, What.HOSTED_MODEL, HOST, now=now) is None


def test_every_word_has_a_purpose_and_plain_words_in_both_languages() -> None:
    assert set(PURPOSE) == set(What)
    for what in What:
        zh, en = words_of(what, "zh"), words_of(what, "en")
        assert zh.version == en.version == vocabulary.version_of(what)
        assert zh.never
        assert en.take_back


def test_giving_and_withdrawing_are_noted_without_any_words(here: Standing) -> None:
    person = here.person()
    grants.give(person, What.HOSTED_MODEL, HOST, now=here.now)
    grants.withdraw(person, What.HOSTED_MODEL, now=here.later(minutes=1))
    noted = AuditEntry.objects.filter(subject=person).order_by("seq")
    assert [(one.action, one.object_ref) for one in noted] == [
        ("consent_given", "hosted_model"),
        ("consent_withdrawn", "hosted_model"),
    ]


def test_an_emergency_reaches_only_whom_they_named_and_only_while_they_agree(
    here: Standing,
) -> None:
    person, consents = here.person(), here.consents
    sister = NamedContact("", "小满", "微信 xiaoman", called="阿川", never_tell="我爸", say=SECRET)
    consents.save_contact(person, sister)
    assert service.contact_to_tell(person, here.now) is None
    consents.contact_may_be_told(person, yes=True)
    told = service.contact_to_tell(person, here.now)
    assert told is not None
    said = told.letter("zh", "https://here/").text
    assert SECRET in said
    assert "阿川" in said
    # Another wish for the same person keeps the consent; another person does not.
    here.later(minutes=1)
    consents.save_contact(person, NamedContact("", "小满", "微信 xiaoman", say="来接我"))
    assert service.contact_to_tell(person, here.now) is not None
    consents.save_contact(person, NamedContact("", "周老师", "办公室 二楼"))
    assert service.contact_to_tell(person, here.now) is None
    consents.contact_may_be_told(person, yes=True)
    assert service.contact_to_tell(person, here.now) is not None
    consents.remove_contact(person)
    assert service.contact_to_tell(person, here.now) is None


def test_a_guardians_code_works_once_and_for_three_days(here: Standing) -> None:
    person, consents = here.person(), here.consents
    consents.declare_age(person, Band.UNDER_14)
    assert consents.waits(person)
    assert terms_of(person).waits
    late = consents.ask_guardian(person)
    here.later(hours=73)
    said = {"name": "妈", "relation": "妈妈", "account": None}
    assert consents.agree(late, **said) is None  # type: ignore[arg-type]
    old, code = consents.ask_guardian(person), consents.ask_guardian(person)
    assert consents.agree(old, **said) is None  # type: ignore[arg-type]
    way_back = consents.agree(code.upper(), **said)  # type: ignore[arg-type]
    assert way_back is not None
    assert consents.agree(code, **said) is None  # type: ignore[arg-type]
    assert not consents.waits(person)
    [guardian] = consents.guardians_of(person)
    assert (guardian.name, guardian.sees_usage, guardian.is_alerted) == ("妈", True, False)
    consents.guardian_may_be_alerted(here.person(), guardian.id, yes=True)
    assert not consents.guardians_of(person)[0].is_alerted, "only the young person says that"
    consents.guardian_may_be_alerted(person, guardian.id, yes=True)
    assert consents.guardians_of(person)[0].is_alerted
    here.later(minutes=1)
    assert consents.guardian_withdraws(way_back)
    assert consents.waits(person)
    assert grants.standing(person, now=here.now) == []


def test_a_guardian_sees_usage_while_granted_or_while_the_law_owes_it(here: Standing) -> None:
    person, consents = here.person(), here.consents
    consents.declare_age(person, Band.UNDER_14)
    code = consents.ask_guardian(person)
    consents.agree(code, name="妈", relation="妈妈", account=None)
    [guardian] = consents.guardians_of(person)
    assert consents.usage_for(person, guardian.id, BEGAN) == here.used
    assert consents.usage_for(person, uuid4(), BEGAN) is None, "a guardian of nobody here"
    here.later(minutes=1)
    grants.withdraw(person, What.GUARDIAN_SEES_USAGE, now=here.now)
    assert consents.usage_for(person, guardian.id, BEGAN) == here.used, "owed under fourteen"
    consents.declare_age(person, Band.FROM_16)
    assert consents.usage_for(person, guardian.id, BEGAN) is None
    here.later(minutes=1)
    grants.give(person, What.GUARDIAN_SEES_USAGE, guardian.id.hex, now=here.now)
    assert consents.usage_for(person, guardian.id, BEGAN) == here.used
    assert consents.let_guardian_go(person, guardian.id)
    assert consents.usage_for(person, guardian.id, BEGAN) is None


def test_what_an_age_changes_where() -> None:
    assert [one.needs_guardian(Band.UNDER_14) for one in (CN, US, EU, ELSEWHERE)] == [True] * 4
    assert [one.needs_guardian(Band.FROM_14) for one in (CN, US, EU)] == [False, False, True]
    assert not any(one.needs_guardian(None) or one.needs_guardian(Band.UNSAID) for one in (CN, EU))
    assert (CN.is_minor(Band.UNSAID), EU.is_minor(Band.UNSAID)) == (True, False)
    assert companion_band(Band.UNSAID, CN) == "16_17"
    assert companion_band(Band.UNSAID, US) == "unknown"
    assert rules_at("FR") == EU


@pytest.mark.parametrize(
    ("setting", "only_mainland", "address", "asks"),
    [
        ("", True, "https://api.openai.com/v1", False),
        ("", True, "https://api.deepseek.com/v1", True),
        ("", True, "https://api.moonshot.cn/v1", True),
        ("", True, "https://evil.example/api.deepseek.com", False),
        ("", True, "https://api.deepseek.com.example/v1", False),
        ("", True, "http://10.0.0.5/v1", True),
        ("", False, "https://api.openai.com/v1", True),
        ("ask", True, "https://api.openai.com/v1", True),
        ("forbid", False, "https://api.openai.com/v1", False),
        ("yes please", False, "https://api.openai.com/v1", False),
    ],
)
def test_when_a_hosted_model_may_be_asked_about(
    setting: str, only_mainland: bool, address: str, asks: bool
) -> None:
    assert may_ask(setting, only_mainland, address) is asks


def filled(here: Standing, say: str = SECRET) -> UUID:
    """Somebody with a row in every table."""
    person, consents = here.person(), here.consents
    consents.declare_age(person, Band.FROM_14)
    consents.save_contact(person, NamedContact("", "小满", "微信 xiaoman", say=say))
    consents.contact_may_be_told(person, yes=True)
    code = consents.ask_guardian(person)
    consents.agree(code, name="妈", relation="妈妈", account=None)
    resting.choose(person, RESTS)
    return person


def test_all_of_it_is_copied_and_all_of_it_is_erased(here: Standing) -> None:
    person, other = filled(here), filled(here)
    section = ExportedConsents().section(person, here.keyring.open(person), Reader())
    assert section.data["age"] == {"band": "14_15"}
    assert section.data["contact"]["say"] == SECRET
    assert section.data["guardians"][0]["name"] == "妈"
    assert len(section.data["consents"]) == 2
    gone = rows.erase(person)
    for table in ExportedConsents.covers:
        assert gone[table] >= 1, table
    assert rows.counts(other)["consent.Contact"].rows == 1
    assert not any(
        one.rows for label, one in rows.counts(person).items() if label in ExportedConsents.covers
    )


def test_a_guest_and_their_account_become_one(here: Standing) -> None:
    wire_accounts(here.keyring, Installation(GivenKeys([KEY])), lambda: here.now)
    joining.know_merge("consent_age", _younger)
    joining.know_merge("consent_contact", contacts.joined)
    joining.know_merge("consent_rest", resting.merged)
    guest, person = filled(here, "从客人来"), filled(here, "账号里的")
    here.consents.save_contact(
        guest, NamedContact("", "小满", "微信 xiaoman", never_tell="我爸", say="从客人来")
    )
    here.consents.declare_age(person, Band.ADULT)
    fresh = here.person()
    joining.bring(guest, person, lambda: None)
    assert here.consents.age_of(person) is Band.FROM_14
    contact = here.consents.contact_of(person)
    assert contact is not None
    assert (contact.say, contact.never_tell) == ("账号里的", "我爸")
    assert len(here.consents.guardians_of(person)) == 2
    joining.bring(person, fresh, lambda: None)
    assert here.consents.contact_of(fresh) == contact
    assert here.consents.age_of(fresh) is Band.FROM_14
    assert resting.of(fresh) == RESTS
    assert belonging.current().keyring is here.keyring
