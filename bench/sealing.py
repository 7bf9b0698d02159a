"""python -m bench.sealing: how much of a turn is sealing what is stored and opening it.

Whole guided turns are answered one after another, by the talk as the server wires it, on databases
of its own; each conversation three times: with the seal as it is, with one that does nothing (the
same bytes are written, moved and read, and nothing is encrypted), and as it is again, in turn. What
the two transactions of a turn then cost more is sealing's share. The seal's own calls are timed
beside it, for the difference of two big times is a rough figure and this one is a fine one.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from types import FrameType
from typing import TYPE_CHECKING, Any, Final
from unittest.mock import patch
from uuid import uuid4

from bench.machine import cores, described, on_core
from bench.messages import ordinary

if TYPE_CHECKING:
    from qingting.site.config import Config

_LIMIT: Final = 300
_PACKAGES: Final = ("django", "cryptography")
_TURNS: Final = 8
# Of a turn's time, what encryption may cost at most.
BAR: Final = 0.10


@dataclass(frozen=True, slots=True)
class Shares:
    """Medians of processor time, ms, over `turns` turns of each kind.

    turn: a whole guided turn. open, close: its two transactions, with the real seal. open_bare,
    close_bare: the same with one that does nothing. sealing: the seal's own calls within a turn,
    everywhere; calls: how many. share: sealing of turn, 0 to 1.
    """

    turns: int
    turn: float
    open: float
    close: float
    open_bare: float
    close_bare: float
    sealing: float
    calls: float
    share: float

    @property
    def by_difference(self) -> float:
        """The share as the difference of the transactions says it; noise may make it negative."""
        return (self.open + self.close - self.open_bare - self.close_bare) / self.turn


class Bare:
    """In the place of AES-GCM: as many bytes, none of them encrypted. Fit for a bench alone."""

    def __init__(self, _key: bytes) -> None:
        pass

    def encrypt(self, _nonce: bytes, data: bytes, _about: bytes | None) -> bytes:
        """The data and sixteen bytes in the place of a tag."""
        return data + b"0123456789abcdef"

    def decrypt(self, _nonce: bytes, data: bytes, _about: bytes | None) -> bytes:
        """The data without them."""
        return data[:-16]


@dataclass
class Clock:
    """Processor time by name (ms) of the turn being answered, and how often the seal was called."""

    spent: dict[str, float] = field(default_factory=dict)

    def around(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """The same work with its time noted."""

        def timed(*args: Any, **kwargs: Any) -> Any:
            began = time.process_time_ns()
            try:
                return work(*args, **kwargs)
            finally:
                self.add(name, (time.process_time_ns() - began) / 1e6)
                if name == "sealing":
                    self.add("calls", 1)

        return timed

    def add(self, name: str, amount: float) -> None:
        """More of one thing."""
        self.spent[name] = self.spent.get(name, 0.0) + amount


def main() -> int:
    """Reads the command line, runs once and prints; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.sealing", description=__doc__)
    parser.add_argument("--small", action="store_true", help="two conversations, to see it work")
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
        found = measured(Path(folder), 2 if asked.small else 30)
    if asked.json:
        more = {"by_difference": found.by_difference, "machine": machine}
        print(json.dumps({**asdict(found), **more}))
    else:
        print("\n".join((*rows(found), "", machine)))
    return 0


def measured(folder: Path, conversations: int) -> Shares:
    """Whole turns on fresh databases in a folder. Once a process: it sets Django up."""
    config = _installed(folder)
    asyncio.run(_conversation(config, 0))  # loads what all others use
    real: list[dict[str, float]] = []
    bare: list[dict[str, float]] = []
    for number in range(1, conversations + 1):
        real += asyncio.run(_conversation(config, number))
        with patch("qingting.privacy.sealing.AESGCM", Bare):
            bare += asyncio.run(_conversation(config, number))
        real += asyncio.run(_conversation(config, number))

    def middle(of: list[dict[str, float]], name: str) -> float:
        return median(one[name] for one in of)

    turn, sealing = middle(real, "turn"), middle(real, "sealing")
    return Shares(
        turns=len(real),
        turn=turn,
        open=middle(real, "open"),
        close=middle(real, "close"),
        open_bare=middle(bare, "open"),
        close_bare=middle(bare, "close"),
        sealing=sealing,
        calls=middle(real, "calls"),
        share=sealing / turn,
    )


def rows(found: Shares) -> Iterator[str]:
    """The lines of the table."""
    yield f"{'processor time of a guided turn, ms':<42}{'sealed':>9}{'bare':>9}"
    yield f"{'  the whole turn':<42}{found.turn:>9.2f}"
    yield f"{'  first transaction (open)':<42}{found.open:>9.2f}{found.open_bare:>9.2f}"
    yield f"{'  second transaction (close)':<42}{found.close:>9.2f}{found.close_bare:>9.2f}"
    yield f"{f'  sealing and opening, {found.calls:.0f} calls':<42}{found.sealing:>9.2f}"
    yield f"{'share of a turn, %':<42}{found.share * 100:>9.1f}     <= {BAR * 100:.0f}"
    yield f"{'  by difference of the transactions, %':<42}{found.by_difference * 100:>9.1f}"
    yield f"{found.turns} turns"


def _installed(folder: Path) -> Config:
    """Settings of an installation without a model, on new databases in a folder."""
    for name in [one for one in os.environ if one.startswith(("QINGTING_", "DEEPSEEK"))]:
        del os.environ[name]
    os.environ |= {
        "QINGTING_DATA_DIR": str(folder / "data"),
        "QINGTING_PLACE": "CN",
        "DJANGO_SETTINGS_MODULE": "qingting.site.settings",
    }
    # Only now: settings are read when they are imported.
    import django

    from qingting.site.config import read_config
    from qingting.site.secrets_on_disk import prepare

    config = read_config()
    prepare(config)
    django.setup()
    from django.core.management import call_command

    for database in ("default", "keys"):
        call_command("migrate", database=database, verbosity=0, interactive=False)
    return config


async def _conversation(config: Config, number: int) -> list[dict[str, float]]:
    """What each turn of one guest's conversation cost, wired anew so that every key is opened by
    the seal there is now. Raises RuntimeError when a turn was not stored."""
    from qingting.companion.message import Message
    from qingting.companion.person import Person
    from qingting.companion.policy import Policy
    from qingting.people.visitors import new_token
    from qingting.site.wiring import wire
    from qingting.talk.service import Arrival

    talk, token, person = wire(config), new_token(), Person("en-GB" if number % 2 else "zh-CN")
    where, told = None, []
    for turn in range(_TURNS):
        clock, message = Clock(), Message(ordinary(number, turn), uuid4().hex)
        with _clocked(clock):
            began = time.process_time_ns()
            running = await talk.receive(Arrival(token, where, message, person, Policy()))
            events = await running.finished()
            await talk.wind_down()
            clock.add("turn", (time.process_time_ns() - began) / 1e6)
        if not events[-1].get("saved"):
            raise RuntimeError("a turn was not stored")
        where = running.conversation
        told.append(clock.spent)
    return told


@contextmanager
def _clocked(clock: Clock) -> Iterator[None]:
    from qingting.privacy import sealing
    from qingting.talk import service

    with ExitStack() as watched:
        for name, owner, attribute in (
            ("open", service, "open_turn"),
            ("close", service, "close_turn"),
            ("sealing", sealing.PersonSeal, "seal_bytes"),
            ("sealing", sealing.PersonSeal, "open_bytes"),
            ("sealing", sealing.KeyWrap, "wrap"),
            ("sealing", sealing.KeyWrap, "unwrap"),
        ):
            timed = clock.around(name, getattr(owner, attribute))
            watched.enter_context(patch.object(owner, attribute, timed))
        yield


def _too_long(_number: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"the bench did not end in {_LIMIT} s")


if __name__ == "__main__":
    sys.exit(main())
