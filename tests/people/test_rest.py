"""An amount a day and a night: chosen by the young or a guardian, told before a talk, locking
nothing, and silent in danger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

import pytest

from qingting.companion.person import Person as Reader
from qingting.people.consent import resting, service
from qingting.people.consent.ages import Band
from qingting.people.consent.exporting import ExportedConsents
from qingting.people.consent.models import Rest
from qingting.people.consent.resting import Agreed, is_night, merged
from qingting.people.visitors import TIMEZONE_COOKIE
from qingting.privacy.models import AuditEntry
from qingting.safety.models import EpisodeRecord
from tests.people import staffed
from tests.people.staffed import Somebody, client, somebody
from tests.policy.packed import CN

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

# 23:30 in Shanghai.
LATE = datetime(2026, 5, 6, 15, 30, tzinfo=UTC)
NOON = datetime(2026, 5, 6, 4, 0, tzinfo=UTC)
AT_NIGHT, AT_DAY = "不早了，说好 23:00 就睡的", "今天说好的 60 分钟到了"
FORM = {"minutes": "60", "begins": "23:00", "ends": "06:00"}


@dataclass(slots=True)
class Here:
    """Somebody of fourteen with their mother's yes, and a clock to turn."""

    now: datetime = NOON
    used: dict[date, int] = field(default_factory=dict)
    child: Somebody = field(default_factory=lambda: somebody(name="reed"))
    mother: Any = None
    guardian: UUID | None = None

    def page(self, path: str = "/", language: str = "zh-CN") -> str:
        browser = client(token=self.child.token)
        browser.cookies[TIMEZONE_COOKIE] = "Asia/Shanghai"
        answer = browser.get(path, HTTP_ACCEPT_LANGUAGE=language)  # type: ignore[arg-type]
        assert answer.status_code == 200
        return str(answer.content.decode())

    def says(self) -> set[str]:
        return {one for one in (AT_NIGHT, AT_DAY) if one in self.page()}

    def hers(self, **form: str) -> int:
        asked = {"which": str(self.guardian), **FORM, **form}
        return int(client(self.mother).post("/me/child/rest/", asked).status_code)

    def own(self, **form: str) -> int:
        browser = client(token=self.child.token)
        return int(browser.post("/me/guardian/rest/", {**FORM, **form}).status_code)


@pytest.fixture
def here() -> Iterator[Here]:
    staffed.wired()
    before = service.current()
    made = Here()
    service.use(
        service.Consents(
            before.keyring,
            lambda: made.now,
            model_host="",
            rules=lambda: CN,
            usage=lambda *_: made.used,
        )
    )
    consents = service.current()
    consents.declare_age(made.child.person, Band.FROM_14)
    made.mother = staffed.staff("mother")
    code = consents.ask_guardian(made.child.person)
    assert consents.agree(code, name="林", relation="妈妈", account=made.mother.pk)
    made.guardian = consents.guardians_of(made.child.person)[0].id
    yield made
    service.use(before)


@pytest.mark.parametrize("who", ["own", "hers"])
def test_who_chose_is_told_at_night_and_when_the_amount_is_used_up(here: Here, who: str) -> None:
    here.now = LATE
    assert here.says() == set(), "nobody chose anything"
    assert getattr(here, who)() == 303
    assert here.says() == {AT_NIGHT}
    page = here.page(f"/talk/{here.child.ids['talk']}/")
    assert AT_NIGHT in page
    assert "06:00" in page
    assert 'name="text"' in page
    assert "sleep was agreed on from 23:00" in here.page(language="en-GB")
    here.now = NOON
    assert here.says() == set()
    here.used = {NOON.date(): 59}
    assert here.says() == set()
    here.used = {NOON.date(): 60}
    assert here.says() == {AT_DAY}


@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.parametrize("text", ["今天食堂的糖醋排骨有点咸", "在吗", "我不想活了"])
def test_a_message_is_answered_all_the_same(here: Here, text: str) -> None:
    here.now = LATE
    assert here.hers() == 303
    assert here.says() == {AT_NIGHT}
    answer = client(token=here.child.token).post("/", {"text": text, "key": "k" * 32})
    assert answer.status_code == 303
    page = here.page(answer["Location"].partition("#")[0])
    assert text in page
    assert page.count('<li class="companion"') == 1


def test_in_danger_and_on_the_pages_of_help_it_says_nothing(here: Here) -> None:
    here.now = LATE
    assert here.hers() == 303
    for path in ("/now/", "/safety/plan/", "/skills/", "/skills/mine/"):
        assert AT_NIGHT not in here.page(path)
    EpisodeRecord.objects.create(
        person_id=here.child.person, level="low", record=b"x", updated_at=LATE
    )
    assert here.says() == set()


def test_only_the_young_person_or_their_guardian_chooses(here: Here) -> None:
    other = staffed.staff("other")
    asked = {"which": str(here.guardian), **FORM}
    assert client(other).post("/me/child/rest/", asked).status_code == 404
    assert client().post("/me/child/rest/", asked).status_code == 404
    assert client(here.mother).post("/me/child/rest/", {"which": "x"}).status_code == 404
    assert not Rest.objects.exists()
    assert here.hers() == 303
    assert here.own(minutes="", begins="") == 404, "what she chose is hers while her yes stands"
    assert "照顾你的人定的" in here.page("/me/guardian/")
    noted = AuditEntry.objects.filter(action="rest_chosen", subject=here.child.person)
    assert [UUID(one.by_ref) for one in noted] == [here.mother.pk]
    assert here.guardian is not None
    service.current().let_guardian_go(here.child.person, here.guardian)
    here.now = LATE
    assert here.says() == set(), "with her yes goes what she chose"
    assert here.own(begins="22:00") == 303
    assert resting.of(here.child.person) == Agreed(60, "22:00", "06:00")
    assert here.hers() == 404


def test_it_is_taken_away_and_ends_with_growing_up(here: Here) -> None:
    assert here.own() == 303
    assert here.own(minutes="", begins="") == 303
    assert not Rest.objects.exists()
    assert here.own() == 303
    service.current().declare_age(here.child.person, Band.ADULT)
    here.now = LATE
    assert here.says() == set()
    assert here.own() == 404
    assert here.hers() == 404
    assert 'name="begins"' not in here.page("/me/guardian/")
    assert 'name="begins"' not in client(here.mother).get("/me/child/").content.decode()


def test_the_form_offers_the_night_of_the_place_and_takes_nothing_else(here: Here) -> None:
    page = here.page("/me/guardian/")
    assert "<option selected>22:00</option>" in page
    for odd in ({"begins": "09:00", "minutes": ""}, {"minutes": "1", "ends": "22:00"}):
        assert here.own(**odd) == 303
        assert not Rest.objects.exists()


@pytest.mark.parametrize(
    ("now", "begins", "ends", "night"),
    [
        ("22:59", "23:00", "06:00", False),
        ("23:00", "23:00", "06:00", True),
        ("05:59", "23:00", "06:00", True),
        ("06:00", "23:00", "06:00", False),
        ("00:00", "00:00", "07:00", True),
        ("23:59", "00:00", "07:00", False),
    ],
)
def test_a_night_goes_over_midnight(now: str, begins: str, ends: str, night: bool) -> None:
    assert is_night(time.fromisoformat(now), begins, ends) is night


def test_it_is_sealed_and_in_the_copy(here: Here) -> None:
    assert here.hers() == 303
    assert b"23:00" not in bytes(Rest.objects.get().body)
    seal = service.current().keyring.open(here.child.person)
    section = ExportedConsents().section(here.child.person, seal, Reader("en-GB"))
    assert section.data["rest"]["begins"] == "23:00"
    assert [
        line.text for part in section.parts for line in part.lines if line.text[:1].isdigit()
    ] == ["60", "23:00–06:00"]


def test_of_two_that_become_one_a_guardians_goes_first() -> None:
    own, hers = {"guardian": "", "minutes": 30}, {"guardian": "ab", "minutes": 60}
    assert merged(own, None) == own
    assert merged(own, hers) == merged(hers, own) == hers
    assert merged({**own, "minutes": 90}, own) == own
