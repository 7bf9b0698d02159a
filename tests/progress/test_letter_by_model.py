"""Letters that a model words: true ones stand, everything else leaves the authored one."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

import pytest

from qingting.companion.parts import Parts
from qingting.companion.person import Language
from qingting.companion.policy import Policy
from qingting.companion.progress.letter import letter
from qingting.companion.progress.letter_by_model import facts_of, may_stand, numbers_in, worded
from qingting.companion.progress.week import Around, Event, Week, week_of
from qingting.companion.reply.model.endpoint import EndpointSettings, OpenAICompatible
from qingting.companion.reply.model.errors import ModelUnavailable
from qingting.companion.reply.model.masking import Masker
from qingting.progress import letters
from qingting.progress.letter_rows import LETTERS
from qingting.progress.service import Choice, Progress
from qingting.site import letters as daily
from qingting.talk.ports import Terms
from tests.companion.fakes import FakeModel
from tests.progress.at_pages import somebody, wired
from tests.progress.weeks import KEY, mood, noted
from tests.servers.upstream import running

LANGUAGES: tuple[Language, ...] = ("zh", "en")
MOODS = (
    mood(0, -1, "anxious", "exams", 5),
    mood(1, -2, "anxious", "exams", 5),
    mood(2, -1, "anxious", "exams", 6),
    mood(4, 1, "relieved", "friends", 8),
)
TRUE = {
    "zh": "上周你记了四笔，分在四天里，其余的日子我不知道。三笔在沉的那头，旁边点的是“慌”和“考试”，"
    "只是挨在一起，别的我不往下推。还有一笔轻的，边上写着“松了口气”和“朋友”。\n\n"
    "睡觉你记了四晚，从5到8个小时，我只把数放在这儿。想说给谁听的话，可以给“小雨”发一句，"
    "不用讲全，先讲最小的那一点。信就到这儿，你慢慢看，或者先放着。",
    "en": "You left four notes last week, on four days, and about the others I know nothing. Three "
    'sat on the heavy side, and beside them you tapped "anxious" and "exams". They were there '
    'together, and I leave it at that. One note was light, with "relieved" and "friends" next to '
    "it.\n\nYou wrote down your sleep for four nights, from 5 to 8 hours. If you would like "
    'somebody to know a bit of this, "Sam" could get a text with one line in it. The smallest part '
    "is enough to begin with. Read this slowly, or put it away for later.",
}
PERSON = {"zh": "小雨", "en": "Sam"}


def week(language: Language) -> Week:
    events = (Event("SEALEDEVENT", here=True),)
    return week_of(KEY, language, MOODS, around=Around(events=events, person=PERSON[language]))


def by(model: Any, language: Language, **more: Any) -> str | None:
    return asyncio.run(worded(model, week(language), language, Masker, **more))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_true_letter_stands(language: Language) -> None:
    text = TRUE[language]
    assert by(FakeModel([text[:40], text[40:]]), language) == text


CHANGES: dict[Language, list[tuple[str, str]]] = {
    "zh": [
        ("四笔", "六笔"),
        ("5到8", "5到9"),
        ("四晚", "二十晚"),
        ("小雨", "王小明"),
        ("只是挨在一起", "就是因为考试"),
        ("信就到这儿", "你真棒"),
        ("信就到这儿", "以后一定会好"),
        ("信就到这儿", "我也是过来人，我当年也这样"),
        ("信就到这儿", "你这是抑郁症"),
        ("信就到这儿", "连着四天都记了"),
        ("信就到这儿", "有事打 138 0000 0000"),
        ("“慌”", "〔人名9〕"),
    ],
    "en": [
        ("four notes", "six notes"),
        ("5 to 8", "5 to 9"),
        ("four nights", "twenty nights"),
        ('"Sam"', "your friend Oliver"),
        ("They were there together", "It was because of the exams"),
        ("Read this slowly", "I'm proud of you"),
        ("Read this slowly", "It will get easier soon"),
        ("Read this slowly", "I went through the same at your age"),
        ("Read this slowly", "You have depression"),
        ("Read this slowly", "That's four days in a row"),
        ("Read this slowly", "Call 555 010 9999"),
        ('"anxious"', "[NAME9]"),
    ],
}


@pytest.mark.parametrize(
    ("language", "old", "new"),
    [(language, *pair) for language in LANGUAGES for pair in CHANGES[language]],
)
def test_one_thing_that_is_not_so_and_nothing_of_it_stands(
    language: Language, old: str, new: str
) -> None:
    assert old in TRUE[language]
    assert by(FakeModel([TRUE[language].replace(old, new)]), language) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_too_short_too_long_too_slow_or_broken_and_nothing_stands(language: Language) -> None:
    text = TRUE[language]
    assert by(FakeModel([text[:30]]), language) is None
    assert by(FakeModel([text * 4]), language) is None
    assert by(FakeModel([text, 5.0]), language, seconds=0.05) is None
    assert by(FakeModel([text, ModelUnavailable("cut")]), language) is None
    assert by(FakeModel([text]), language, refuses=lambda _: True) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_model_elsewhere_sees_no_name_and_nothing_that_stays_here(language: Language) -> None:
    model = FakeModel([TRUE[language]], hosted=True)
    by(model, language)
    assert "SEALEDEVENT" not in model.saw
    assert PERSON[language] not in model.saw
    here = FakeModel([TRUE[language]])
    by(here, language)
    assert "SEALEDEVENT" in here.saw


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_danger_is_open_no_model_is_asked(language: Language) -> None:
    model = FakeModel([TRUE[language]])
    present = replace(week(language), present=True)
    assert asyncio.run(worded(model, present, language, Masker)) is None
    assert model.asked == []


def test_numbers_are_read_in_digits_and_in_words() -> None:
    assert numbers_in("三笔，十二天，6.5个小时，两晚，二十次", "zh") == {3, 12, 6.5, 2, 20}
    assert numbers_in("three notes, twice, 6.5 hours, Twenty", "en") == {3, 2, 6.5, 20}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_authored_letter_says_what_a_model_may_say(language: Language) -> None:
    facts = "\n".join(facts_of(week(language), language))
    assert numbers_in(letter(week(language), language, "a"), language) <= (
        numbers_in(facts, language) | {1.0, 7.0, 2.0}
    )
    assert may_stand(TRUE[language], facts, language)


@pytest.mark.parametrize("mode", ["ok", "hostile", "garbage", "error500", "cut", "long", "empty"])
def test_whatever_an_endpoint_sends_that_is_no_letter_never_stands(mode: str) -> None:
    async def ask(port: int) -> str | None:
        model = OpenAICompatible(EndpointSettings(f"http://127.0.0.1:{port}/v1", "m"))
        try:
            return await worded(model, week("en"), "en", Masker, seconds=10)
        finally:
            await model.close()

    with running(mode) as upstream:
        assert asyncio.run(ask(upstream.port)) is None


# Once a day.

both = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def progress(db: None) -> Iterator[Progress]:
    with wired() as found:
        yield found


def with_letter_before(progress: Progress) -> UUID:
    """Somebody who noted the week of MOODS and had a letter about the one before."""
    person, _token = somebody()
    noted(progress, person, *MOODS)
    made = letters.make(progress, person, _who())
    assert made is not None
    LETTERS.drop(person, UUID(made.id))
    before = replace(made, week=_week_before(made.week))
    LETTERS.keep(person, UUID(made.id), before, progress.seal(person), progress.clock())
    # Its id is that of the new one, which therefore must be another row.
    other = UUID(int=UUID(made.id).int ^ 1)
    LETTERS.drop(person, UUID(made.id))
    LETTERS.keep(
        person, other, replace(before, id=other.hex), progress.seal(person), progress.clock()
    )
    return person


def _who() -> Any:
    from qingting.companion.person import Person

    return Person("en-US", "UTC")


def _week_before(key: str) -> str:
    day = letters.monday_of(key) - timedelta(days=7)
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02}"


def run(progress: Progress, model: Any, *, agreed: bool = False, may: bool = True) -> int:
    """The daily run, in a thread of its own, with storage in this one, where the test's is."""
    jobs: queue.Queue[tuple[Future[Any], Callable[[], Any]] | None] = queue.Queue()
    counts: list[int] = []

    async def here(work: Callable[..., Any], *given: Any) -> Any:
        done: Future[Any] = Future()
        jobs.put((done, partial(work, *given)))
        return await asyncio.wrap_future(done)

    def loop() -> None:
        try:
            written = daily.write(
                progress,
                lambda: Parts(model=model),
                lambda _: Terms(hosted_model=agreed),
                lambda: Policy(hosted_model=may),
            )
            counts.append(asyncio.run(written))
        finally:
            jobs.put(None)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(daily, "_apart", here)
        thread = threading.Thread(target=loop)
        thread.start()
        while (job := jobs.get(timeout=60)) is not None:
            job[0].set_result(job[1]())
        thread.join()
    return counts[0]


def text() -> str:
    return TRUE["en"].replace('"Sam"', "a friend")


@both
def test_the_daily_run_words_the_letter_of_who_had_one(progress: Progress) -> None:
    person = with_letter_before(progress)
    assert run(progress, FakeModel([text()])) == 1
    newest = letters.letters(progress, person)[0]
    assert (newest.by, newest.words, newest.edited) == ("model", text(), False)
    assert run(progress, FakeModel([text()])) == 0


@both
def test_a_model_that_lies_leaves_the_authored_letter(progress: Progress) -> None:
    person = with_letter_before(progress)
    assert run(progress, FakeModel([text().replace("four notes", "nine notes")])) == 0
    newest = letters.letters(progress, person)[0]
    assert newest.by == "guided"
    assert "nine" not in newest.words


@both
@pytest.mark.parametrize(
    ("agreed", "may", "asked"), [(True, True, 1), (False, True, 0), (True, False, 0)]
)
def test_a_model_elsewhere_is_asked_only_where_they_agreed(
    progress: Progress, agreed: bool, may: bool, asked: int
) -> None:
    with_letter_before(progress)
    model = FakeModel([text()], hosted=True)
    run(progress, model, agreed=agreed, may=may)
    assert len(model.asked) == asked


@both
def test_nobody_without_a_letter_before_and_nobody_who_wants_none(progress: Progress) -> None:
    person, _token = somebody()
    noted(progress, person, *MOODS)
    model = FakeModel([text()])
    assert run(progress, model) == 0
    other = with_letter_before(progress)
    progress.choose(other, Choice(letters=False))
    assert run(progress, model) == 0
    assert model.asked == []


@both
def test_what_they_changed_stays(progress: Progress) -> None:
    person = with_letter_before(progress)
    made = letters.make(progress, person, _who())
    assert made is not None
    letters.reword(progress, person, UUID(made.id), "mine")
    letters.reword(progress, person, UUID(made.id), text(), "model")
    assert letters.letters(progress, person)[0].words == "mine"
    assert made.at <= datetime.now(UTC)
