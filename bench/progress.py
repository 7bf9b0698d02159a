"""python -m bench.progress: how long the page of how somebody is doing takes, beside a bare page.

A thousand people with two years of check-ins each, and what else there would be in two years: what
was read in talks, the nine questions every second week, an exercise now and then. They are stored
month by month, as life would store them, on SQLite. Then pages are asked for in this process, each
of somebody else by chance, the bare page in turn with every span, and timed by the clock on the
wall, as a person would.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from types import FrameType
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid4

from bench.loads import percentile
from bench.machine import cores, described, on_core

if TYPE_CHECKING:
    from qingting.privacy.keyring import Keyring
    from qingting.site.config import Config

_LIMIT: Final = 1800
_PACKAGES: Final = ("django", "cryptography", "pygal")
_BARE: Final = "/about/"
_PAGES: Final = (_BARE, *(f"/progress/?span={span}" for span in ("30", "90", "365", "all")))
_DAYS: Final = 730
_MONTH: Final = 30
# 95 of 100 pages may take so many ms at most, whatever the span.
BAR: Final = 150.0

# In ms, by the clock and of the processor.
_Times = list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page. Times in ms, by the clock and of the processor (cpu). times_bare: the processor's
    median over that of the bare page: what somebody else's work on the machine moves least."""

    path: str
    median: float
    p95: float
    cpu: float
    cpu_p95: float
    times_bare: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was found. rows: check-ins a person has. visits: of each page."""

    people: int
    rows: float
    visits: int
    pages: tuple[Page, ...]


def main() -> int:
    """Reads the command line, runs once and prints; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.progress", description=__doc__)
    parser.add_argument("--small", action="store_true", help="three people, to see it work")
    parser.add_argument("--json", action="store_true", help="figures for a program")
    asked = parser.parse_args()
    if sys.platform != "linux":
        print("The bench puts processes on cores: it needs Linux.")
        return 2
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(_LIMIT)
    core = cores()[0]
    machine = described(_PACKAGES, f"all on {core}")
    with on_core(core), tempfile.TemporaryDirectory(prefix="qingting-bench-") as folder:
        found = measured(Path(folder), *((3, 3) if asked.small else (1000, 200)))
    if asked.json:
        print(json.dumps({**asdict(found), "machine": machine}))
    else:
        print("\n".join((*rows(found), "", machine)))
    return 0


def measured(folder: Path, people: int, visits: int) -> Figures:
    """Pages of so many people, each page `visits` times. Once a process: it sets Django up."""
    from bench.sealing import _installed as installed

    config: Config = installed(folder)
    # Only now: it needs the settings.
    from django.db import transaction

    from qingting.site.wiring import wire

    keyring = wire(config).keyring
    # As the server does at its start.
    gc.collect()
    gc.freeze()
    chance = random.Random(7)
    known = [_somebody(keyring) for _ in range(people)]
    held = 0
    for month in reversed(range(-(-_DAYS // _MONTH))):
        with transaction.atomic():
            held += sum(_stored(keyring, person, month, chance) for person, _token in known)
    took = _visited([token for _person, token in known], visits, chance)
    bare = median(cpu for _clock, cpu in took[_BARE])
    pages = tuple(_page(path, times, bare) for path, times in took.items())
    return Figures(people, held / people, visits, pages)


def _page(path: str, times: _Times, bare: float) -> Page:
    clock, cpu = ([one[which] for one in times] for which in (0, 1))
    return Page(
        path,
        median(clock),
        percentile(clock, 0.95),
        median(cpu),
        percentile(cpu, 0.95),
        median(cpu) / bare,
    )


def rows(found: Figures) -> Iterator[str]:
    """The lines of the table."""
    yield f"{'ms':<26}{'median':>9}{'p95':>9}{'cpu':>9}{'cpu p95':>9}{'x bare':>9}"
    for page in found.pages:
        bar = "" if page.path == _BARE else f"     p95 <= {BAR:.0f}"
        figures = (page.median, page.p95, page.cpu, page.cpu_p95, page.times_bare)
        yield f"{page.path:<26}{''.join(f'{one:>9.1f}' for one in figures)}{bar}"
    yield (
        f"{found.people} people with {found.rows:.0f} check-ins in {_DAYS} days, "
        f"{found.visits} visits of each page"
    )


def _somebody(keyring: Keyring) -> tuple[UUID, str]:
    from qingting.people import devices, visitors

    now, token = datetime.now(UTC), visitors.new_token()
    person = devices.new_person(keyring, now)
    devices.add(person, token, now)
    return person, token


def _stored(keyring: Keyring, person: UUID, month: int, chance: random.Random) -> int:
    """Store what somebody noted in the month so many months ago; how many check-ins."""
    from qingting.companion.instruments.instrument import Answers
    from qingting.companion.progress.mood import Felt, Mood
    from qingting.progress.rows import ANSWERS, FELT, MOODS

    seal, now = keyring.open(person), datetime.now(UTC)
    days = [now - timedelta(days=month * _MONTH + n) for n in range(_MONTH)]
    days = [day for day in days if (now - day).days < _DAYS and chance.random() < 0.95]
    moods, felt = [], []
    for day in days:
        for _ in range(chance.choice((1, 1, 2))):
            which = uuid4()
            mood = Mood(
                which.hex,
                day.date(),
                day,
                valence=chance.randint(-2, 2),
                energy=chance.randint(-2, 2),
                sleep=chance.choice((None, 5.0, 6.5, 7.0, 8.0)),
            )
            moods.append((which, mood, day))
        if chance.random() < 0.4:
            heard = Felt(day, chance.choice(("sadness", "anxiety", "relief")), 0.6, -0.5, 0.2)
            felt.append((uuid4(), (heard, heard), day))
    MOODS.keep_many(person, moods, seal)
    FELT.keep_many(person, felt, seal)
    answered = []
    for day in days[::14]:
        values = {f"q{one}": chance.randint(0, 2) for one in range(1, 9)} | {"q9": 0}
        answers = Answers(uuid4().hex, "phq9", "en", day.date(), values, finished=True)
        answered.append((UUID(answers.id), answers, day))
    ANSWERS.keep_many(person, answered, seal)
    _exercises(person, seal, days[::10], chance)
    return len(moods)


def _exercises(person: UUID, seal: Any, days: Sequence[datetime], chance: random.Random) -> None:
    from qingting.companion.exercise import run as runs
    from qingting.companion.exercise.run import AFTER, BEFORE, Run
    from qingting.skills.models import ExerciseRun
    from qingting.skills.rows import place_of

    found = []
    for day in days:
        numbers = {BEFORE: (str(chance.randint(5, 10)),), AFTER: (str(chance.randint(1, 8)),)}
        name = chance.choice(("unsent_letter", "body_scan", "worry_time"))
        row = ExerciseRun(person_id=person, begun_at=day, updated_at=day, ended_at=day)
        run = Run(name, "", day, numbers, ended="finished")
        row.body = seal.seal_json(runs.dump(run), place_of(row.id))
        found.append(row)
    ExerciseRun.objects.bulk_create(found)


def _visited(tokens: Sequence[str], visits: int, chance: random.Random) -> dict[str, _Times]:
    """The times of every page. What loads anything for the first time is not among them."""
    from django.core import signing
    from django.test import Client

    from qingting.people import visitors

    took: dict[str, _Times] = {path: [] for path in _PAGES}
    for visit in range(visits + 1):
        for path in _PAGES:
            client = Client(HTTP_HOST="localhost", HTTP_ACCEPT_LANGUAGE=("zh-CN", "en")[visit % 2])
            signed = signing.Signer(salt=visitors._SALT).sign(chance.choice(tokens))  # noqa: SLF001
            client.cookies[visitors.COOKIE] = signed
            began, worked = time.perf_counter(), time.process_time()
            answer = client.get(path)
            clock, cpu = time.perf_counter() - began, time.process_time() - worked
            if visit:
                took[path].append((clock * 1000, cpu * 1000))
            if answer.status_code != 200:
                raise RuntimeError(f"{path} was answered with {answer.status_code}")
    return took


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"the bench did not end in {_LIMIT} s")


if __name__ == "__main__":
    sys.exit(main())
