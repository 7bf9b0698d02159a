"""How somebody is doing, in a copy of everything, in an account that a guest joins, after the words
were erased; and the copy can be brought along to another installation."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from qingting.companion.instruments.instrument import Answers
from qingting.companion.instruments.shelf import instruments
from qingting.companion.person import Person
from qingting.companion.progress.importing import understood
from qingting.companion.progress.mood import Entry, Felt, Mood
from qingting.people import data_service, data_words
from qingting.people.accounts import belonging, joining
from qingting.people.accounts.models import Account
from qingting.privacy import rows as everywhere
from qingting.privacy.sealing import Place
from qingting.progress.models import Letter, MoodEntry, ProgressChoice, Schedule
from qingting.progress.rows import ANSWERS, ENTRIES, FELT, MOODS
from qingting.progress.service import Choice, Progress
from tests.progress.at_pages import entries_of, moods_of, somebody, wired

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

AT = datetime(2026, 5, 3, 21, 5, tzinfo=UTC)
NOTE, PAGE, LETTER = "=cmd|琴盒", "松香碎了一地", "这一周下了三场雨"
TABLES = ("MoodEntry", "FeltDay", "JournalEntry", "Questionnaire", "Schedule", "Letter")


@pytest.fixture(autouse=True)
def progress() -> Iterator[Progress]:
    with wired() as found:
        yield found


def everything(progress: Progress, person: UUID) -> None:
    """One of each."""
    seal, which = progress.seal(person), uuid4()
    mood = Mood(which.hex, AT.date(), AT, -2, -1, ("hollow",), ("sleep",), 5.5, NOTE)
    MOODS.keep(person, which, mood, seal, AT)
    ENTRIES.keep(person, which, Entry(which.hex, AT.date(), AT, PAGE, "window"), seal, AT)
    FELT.keep(person, which, (Felt(AT, "sadness", 0.8, -0.7, 0.1),), seal, AT)
    values = {item.key: 1 for item in instruments()["gad2"].items}
    ANSWERS.keep(
        person, which, Answers(which.hex, "gad2", "zh", AT.date(), values, finished=True), seal, AT
    )
    for model, body in (
        (Letter, {"v": 1, "kind": "week", "words": LETTER}),
        (Schedule, {"every": 14}),
    ):
        row: Any = model(id=uuid4(), person_id=person, at=AT)
        row.body = seal.seal_json(body, Place(model._meta.db_table, "body", row.id))
        row.save(force_insert=True)
    progress.choose(person, Choice(letters=False))


def copy_of(person: UUID, locale: str = "zh-CN") -> zipfile.ZipFile:
    made = data_service.current().export(person, Person(locale=locale))
    with made.file as file:
        return zipfile.ZipFile(io.BytesIO(file.read()))


def table(packed: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(packed.read(f"csv/{name}.csv").decode("utf-8-sig"))))


@pytest.mark.parametrize("locale", ["zh-CN", "zh-TW", "en-GB"])
def test_a_copy_has_all_of_it(progress: Progress, locale: str) -> None:
    person, _ = somebody()
    everything(progress, person)
    packed = copy_of(person, locale)
    names = packed.namelist()
    assert len(names) == len(set(names)), "two tables of one name"
    data = json.loads(packed.read("data.json"))
    told = data["progress"]
    assert told["moods"][0]["body"]["note"] == NOTE
    assert told["journal"][0]["body"]["words"] == PAGE
    assert (told["questionnaires"][0]["score"], told["asked_again"][0]["body"]) == (
        len(instruments()["gad2"].items),
        {"every": 14},
    )
    assert told["felt"][0]["body"]["felt"][0][1] == "sadness"
    assert told["letters"][0]["body"]["words"] == LETTER
    assert told["chosen"] == {"felt": True, "letters": False, "course": True}
    assert "progress." not in json.dumps(data.get("rest", {})).lower()
    page = packed.read("index.html").decode()
    for words in (NOTE, PAGE, LETTER):
        assert words in page
    [answer, _] = table(packed, "questionnaires")
    assert (answer["questionnaire"], answer["value"]) == ("gad2", "1")
    assert table(packed, "journal")[0]["words"] == PAGE
    assert table(packed, "mood_notes")[0]["note"] == f"'{NOTE}"


def test_the_table_of_moods_can_be_brought_along(progress: Progress) -> None:
    person, _ = somebody()
    everything(progress, person)
    text = copy_of(person).read("csv/mood_notes.csv").decode()
    [row] = understood(text, AT.date()).rows
    assert (row.on, row.valence, row.energy, row.sleep) == (AT.date(), -2, -1, 5.5)
    assert (row.note, row.feelings, row.about) == (NOTE, ("hollow",), ("sleep",))


def test_one_that_does_not_open_is_said_so_and_keeps_nothing_back(progress: Progress) -> None:
    person, _ = somebody()
    everything(progress, person)
    MoodEntry.objects.update(body=b"\x01" * 40)
    packed = copy_of(person, "en-GB")
    page = packed.read("index.html").decode()
    assert "does not open any more" in page
    assert PAGE in page
    assert json.loads(packed.read("data.json"))["progress"]["moods"][0]["body"] is None


def test_a_guest_brings_all_of_it_into_an_account(progress: Progress) -> None:
    (guest, _), (person, _) = somebody(), somebody()
    everything(progress, guest)
    everything(progress, person)
    progress.choose(guest, Choice(felt=False))
    joining.bring(guest, person, lambda: None)
    assert [one.note for one in moods_of(person)] == [NOTE, NOTE]
    assert [one.words for one in entries_of(person)] == [PAGE, PAGE]
    seal = progress.seal(person)
    assert len(ANSWERS.all_of(person, seal)) == len(FELT.all_of(person, seal)) == 2
    told = json.loads(copy_of(person).read("data.json"))["progress"]
    assert [one["body"]["words"] for one in told["letters"]] == [LETTER, LETTER]
    assert [one["body"] for one in told["asked_again"]] == [{"every": 14}] * 2
    assert progress.choice(person) == Choice(felt=False, letters=False)
    counts = everywhere.counts(guest)
    assert not any(counts[f"progress.{one}"].rows for one in (*TABLES, "ProgressChoice"))


def test_erasing_takes_all_of_it_and_nobody_elses(progress: Progress) -> None:
    (mine, _), (other, _) = somebody(), somebody()
    everything(progress, mine)
    everything(progress, other)
    before = everywhere.counts(other)
    assert data_service.current().erase(mine)
    left = everywhere.counts(mine)
    assert not any(left[f"progress.{one}"].rows for one in (*TABLES, "ProgressChoice"))
    assert all(before[f"progress.{one}"].rows == 1 for one in (*TABLES, "ProgressChoice"))
    assert everywhere.counts(other) == before


def test_erasing_the_words_leaves_what_was_chosen(progress: Progress) -> None:
    person, _ = somebody()
    account = Account.objects.create_user("slow-river", None)
    belonging.current().join(account.pk, person)
    everything(progress, person)
    assert data_words.erase_words(person, data_service.current().erasing, timezone.now())
    anew = belonging.current().person_of(account.pk)
    assert anew is not None
    assert moods_of(anew) == []
    assert progress.choice(anew) == Choice(letters=False)
    assert (MoodEntry.objects.count(), ProgressChoice.objects.count()) == (0, 1)


def test_it_is_counted_on_the_page_of_what_is_kept(progress: Progress) -> None:
    person, _ = somebody()
    everything(progress, person)
    kept = {one.about.page: one for one in data_service.current().kept(person)}
    assert [number for _, number, *_ in kept["mood"].numbers] == [1, 1, 1, 1, 1]
