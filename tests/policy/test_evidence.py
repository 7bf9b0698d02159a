"""What applies and why, what would change, what is missing; and what is done everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client
from rich.cells import cell_len

import qingting
from qingting.cli.main import main
from qingting.companion.person import AgeBand
from qingting.companion.policy import Policy
from qingting.companion.protect.notices import disclosure_due
from qingting.companion.state import Attention
from qingting.content_check.banned import banned_in
from qingting.people.consent.vocabulary import What
from qingting.policy.checking import SetUp, findings
from qingting.policy.closing import claims, closed
from qingting.policy.differing import changes
from qingting.policy.obeying import OBEYING
from qingting.policy.packs.combine import Chosen
from qingting.policy.packs.shelf import shipped
from qingting.policy.showing import reason_words, row_words, rows
from qingting.site.headers import EVERYWHERE
from tests.people import staffed
from tests.policy.packed import TODAY, choice

FILLED = SetUp(contact="room 3", mail=True, campus=True, placed=True)
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def run(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, ["policy", *arguments], env=environment, terminal_width=80)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An environment with no answer in it."""
    for name in ("PLACE", "POLICY", "POLICY_FILE", "POLICY_CONFIRMED", "CONTACT", "SMTP_URL"):
        monkeypatch.delenv(f"QINGTING_{name}", raising=False)
    monkeypatch.setenv("QINGTING_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def why(chosen: Chosen, key: str, band: AgeBand, day: date = TODAY) -> str:
    row = next(one for one in rows(chosen, band, day) if one.control.key == key)
    return " | ".join(row_words(row, (*chosen.packs, chosen.default), "en")[1:])


def test_each_value_says_whose_it_is_and_what_stands_beside_it() -> None:
    features = "minors.companion_features"
    told = why(choice("CN"), "break_reminder.interval_h", "adult")
    assert told == ("2 h | China (mainland): Interim Measures Art. 18 (text read, from 2026-07-15)")
    bill = "US-NY:minors.companion_features:minor"
    assert "off until confirmed: " + bill in why(choice("US-NY"), features, "14_15")
    confirmed = choice("US-NY", confirmed=bill)
    assert "Not yet; from 2027-01-01" in why(confirmed, features, "14_15")
    assert why(confirmed, features, "14_15", date(2027, 1, 1)).startswith("yes | New York: S 9051")
    unsure = why(choice("CN"), "register.real_identity", "adult")
    assert unsure.startswith("yes |")
    assert "CN:register.real_identity:all" in unsure
    assert "a suggestion" in why(choice("CN"), "minors.curfew", "14_15")
    assert why(choice(), "label.explicit", "adult") == "yes | the strictest in common"


def test_every_reason_of_every_pack_can_be_said_in_both_languages() -> None:
    for pack in shipped().values():
        chosen = choice(pack.id)
        for band in ("under_14", "adult"):
            for row in rows(chosen, band, date(2027, 1, 2)):
                for language in ("zh", "en"):
                    row_words(row, chosen.packs, language)
                    for one in row.reasons:
                        assert "{" not in reason_words(one, chosen.packs, language)


def test_a_difference_names_what_changes_for_whom_and_nothing_else() -> None:
    found = {one.control.key: one for one in changes(choice("CN"), choice("CN,school"), TODAY)}
    assert set(found) == {"minors.suitability_notice", "crisis.publish_count"}
    assert (found["crisis.publish_count"].before, found["crisis.publish_count"].after) == (
        False,
        True,
    )
    assert changes(choice("CN"), choice("CN"), TODAY) == []
    ages = {one.control.key: one.bands for one in changes(choice(), choice("US-WA"), TODAY)}
    assert "14_15" not in ages["ai_disclosure.interval_h"], "an hour for minors in both"
    assert "adult" in ages["ai_disclosure.interval_h"]


def test_what_is_missing_is_said_and_exits_with_one(installed: Path) -> None:
    bare = run("check", "--language", "en", QINGTING_POLICY="CN")
    assert bare.exit_code == 1
    assert "QINGTING_CONTACT" in bare.output
    assert "QINGTING_SMTP_URL" in bare.output
    assert "look  Cybersecurity Law Art. 24" in bare.output, "from memory, so not a must"
    whole = findings(choice("CN"), FILLED, TODAY, "en")
    assert [one for one in whole if one.verdict == "fix"] == []
    fine = run("check", "--language", "zh", QINGTING_POLICY="US-CA")
    assert fine.exit_code == 0, fine.output


def test_a_wrong_confirmation_and_an_old_pack_are_told() -> None:
    wrong = findings(choice("US-NY", confirmed="US-NY:nothing:all"), FILLED, TODAY, "zh")
    assert [one.verdict for one in wrong if "US-NY:nothing:all" in one.says] == ["fix"]
    later = TODAY + timedelta(days=500)
    old = findings(choice("KR"), FILLED, later, "en")
    assert ["looked at" in one.says for one in old if one.verdict == "warning"] == [True]
    assert not findings(choice("KR"), FILLED, TODAY, "en")


def test_a_control_that_nothing_obeys_must_be_put_right(monkeypatch: pytest.MonkeyPatch) -> None:
    left = {key: one for key, one in OBEYING.items() if key != "exit.immediate"}
    monkeypatch.setattr("qingting.policy.checking.OBEYING", left)
    found = findings(choice("CN"), FILLED, TODAY, "en")
    assert [one.says for one in found if one.verdict == "fix"] == [
        "exit.immediate applies (Interim Measures Art. 19) and no code or document obeys it."
    ]


def test_a_school_where_schools_are_closed_does_not_start(installed: Path) -> None:
    assert closed(choice("US-NV"), TODAY, "en") is None
    assert closed(choice("US-CA,school"), TODAY, "en") is None
    words = closed(choice("US-NV,school"), TODAY, "en")
    assert words is not None
    served = CliRunner().invoke(
        main, ["serve", "--port", "0"], env={"QINGTING_POLICY": "US-NV,school"}
    )
    assert served.exit_code == 2
    assert words in served.output
    assert words in run("check", "--language", "en", QINGTING_POLICY="US-NV,school").output
    assert not (installed / "qingting.sqlite3").exists()


def test_where_claims_are_forbidden_the_start_says_so_in_a_line() -> None:
    line = claims(choice("US-IL"), TODAY, "en")
    assert line is not None
    assert "Illinois" in line
    assert "\n" not in line
    assert claims(choice("KR"), TODAY, "en") is None


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_tables_fit_into_eighty_columns(installed: Path, language: str) -> None:
    shown = run("show", "--age", "13", "--packs", "CN,US-CA", "--language", language)
    compared = run("diff", "CN", "US-CA,school", "--language", language)
    for told in (shown, compared):
        assert told.exit_code == 0, told.output
        lines = told.output.splitlines()
        assert all(cell_len(line) <= 80 for line in lines if line.startswith(" "))
    assert ("不是法律意见" if language == "zh" else "not legal advice") in shown.output
    unknown = run("diff", "CN", "XX")
    assert (unknown.exit_code, "no policy pack 'XX'" in unknown.output) == (2, True)


def test_each_notice_follows_its_value() -> None:
    plain = Policy()
    begun, told = Attention(), NOW - timedelta(hours=2)
    again = Attention(disclosed_at=told, last_at=NOW - timedelta(minutes=1))
    away = Attention(disclosed_at=told, last_at=NOW - timedelta(days=3))
    for attention, one, other in (
        (begun, plain, replace(plain, disclose_at_start=False)),
        (again, plain, replace(plain, disclosure_interval=timedelta(hours=3))),
        (
            replace(away, disclosed_at=NOW - timedelta(days=3)),
            replace(
                plain,
                disclosure_interval=timedelta(days=9),
                disclosure_after_absence=timedelta(days=2),
            ),
            replace(plain, disclosure_interval=timedelta(days=9)),
        ),
    ):
        assert disclosure_due(attention, one, NOW)
        assert not disclosure_due(attention, other, NOW)


def texts() -> Iterator[tuple[str, str]]:
    root = Path(qingting.__file__).parent / "site" / "templates"
    for path in root.rglob("*.html"):
        for text in re.findall(r'translate "([^"]+)"', path.read_text(encoding="utf-8")):
            yield path.name, text


def test_nothing_on_any_page_claims_too_much() -> None:
    found = list(texts())
    assert len(found) > 500
    claimed = re.compile(
        r"\b(therapist|therapy|diagnos|treatment|cures?\b|licensed|clinically)", re.I
    )
    assert [one for one in found if claimed.search(one[1]) or banned_in(one[1], "en")] == []
    assert banned_in("this is therapy", "en") is not None


def test_no_page_may_use_microphone_or_camera() -> None:
    allowed: Any = EVERYWHERE["Permissions-Policy"]
    assert "camera=()" in allowed
    assert "microphone=()" in allowed


def test_there_is_no_way_to_train_on_it() -> None:
    assert not [one for one in What if "train" in one.value]


@pytest.mark.django_db(databases=["default", "keys"])
def test_the_first_page_says_what_it_is(settings: Any) -> None:
    staffed.wired()
    seen = []
    for packs in ("KR", "US-CA"):
        settings.CONFIG = replace(settings.CONFIG, policy=packs)
        page = Client(headers={"accept-language": "en"}).get("/").content.decode()
        assert "This is an AI that listens" in page
        seen.append("may not suit everybody under eighteen" in page)
    assert seen == [False, True]
