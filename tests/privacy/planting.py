"""Sentences planted in every sealed place of an installation, by the real services, and what of
them can still be opened. Each runs as a process of its own: it sets Django up for one data folder.

    python -m tests.privacy.planting plant NUMBER
    python -m tests.privacy.planting read
    python -m tests.privacy.planting erase PERSON
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

ROOT = Path(__file__).resolve().parents[2]
# A person's places, each with a sentence of its own.
PLACES = ("message", "title", "plan", "exercise", "second message", "note", "journal")


def sentence(person: int, place: str) -> str:
    """What this person has in this place; no two are alike."""
    return f"第{person}只纸船{PLACES.index(place)}号漂到了桥洞下面 paper boat {person}-{place}"


def sentences(people: int) -> list[str]:
    """All of them."""
    return [sentence(person, place) for person in range(people) for place in PLACES]


@dataclass(frozen=True, slots=True)
class Installed:
    """An installation that processes are run on. environment: what says where it is."""

    environment: Mapping[str, str]

    def plant(self, people: int) -> list[str]:
        """Plant for so many new people; returns their ids."""
        return list(json.loads(self._helper("plant", str(people))))

    def read(self) -> dict[str, Any]:
        """texts: by person, what opens. shut: how many sealed values do not. accounts: by person,
        the name they sign in with."""
        return dict(json.loads(self._helper("read")))

    def erase(self, person: str) -> None:
        """Erase somebody, as their page does."""
        self._helper("erase", person)

    def command(self, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
        """`qingting ...`, run to its end."""
        return subprocess.run(
            [str(Path(sys.executable).with_name("qingting")), *arguments],
            env=self._environment(more),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def start(self, *arguments: str, **more: str) -> subprocess.Popen[str]:
        """`qingting ...`, left running."""
        return subprocess.Popen(
            [str(Path(sys.executable).with_name("qingting")), *arguments],
            env=self._environment(more),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def _helper(self, *arguments: str) -> str:
        ended = subprocess.run(
            [sys.executable, "-m", "tests.privacy.planting", *arguments],
            env=self._environment({}),
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=240,
            check=False,
        )
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    def _environment(self, more: Mapping[str, str]) -> dict[str, str]:
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("QINGTING_", "DEEPSEEK"))}
        return {**clean, **self.environment, **more}


def _standing() -> Any:
    os.environ["DJANGO_SETTINGS_MODULE"] = "qingting.site.settings"
    from qingting.site.config import read_config
    from qingting.site.secrets_on_disk import prepare

    prepare(read_config())
    import django

    django.setup(set_prefix=False)
    from django.core.management import call_command

    from qingting.site.wiring import wire

    for database in ("default", "keys"):
        call_command("migrate", database=database, verbosity=0, interactive=False)
    return wire(read_config())


async def _plant(talk: Any, people: int) -> list[str]:
    from asgiref.sync import sync_to_async

    return [await _one(talk, number, sync_to_async) for number in range(people)]


async def _one(talk: Any, number: int, in_thread: Any) -> str:
    from qingting.companion.message import Message
    from qingting.companion.person import Person
    from qingting.companion.policy import Policy
    from qingting.talk.service import Arrival

    token, person = f"token of {number} {os.getpid()}", Person(locale="zh-CN")
    conversation = None
    for place in ("message", "second message"):
        message = Message(sentence(number, place), f"{number} {place}")
        turn = await talk.receive(Arrival(token, conversation, message, person, Policy()))
        await turn.finished()
        assert turn.events[-1]["saved"], turn.events[-1]
        conversation = turn.conversation
    return str(await in_thread(_rest)(talk, number, token, conversation))


def _rest(talk: Any, number: int, token: str, conversation: UUID) -> UUID:
    """The places beside the talk: its title, a plan, an exercise, an account."""
    from qingting.companion.exercise.run import Run
    from qingting.companion.person import Person
    from qingting.people import devices
    from qingting.people.accounts import belonging
    from qingting.people.accounts.models import Account
    from qingting.safety import plans
    from qingting.skills.talk_runs import RunsOfTalks
    from qingting.talk import keeping

    whose = devices.find_person(token)
    assert whose is not None
    keeping.rename(talk.keyring, whose, conversation, sentence(number, "title"))
    planned = {"people": sentence(number, "plan")}
    plans.current().save(token, planned, "", Person(locale="zh-CN"))
    run = Run("thought_record", "", talk.clock(), {"thought": (sentence(number, "exercise"),)})
    RunsOfTalks().keep(whose, conversation, talk.keyring.open(whose), run, talk.clock())
    _noted(number, whose)
    account = Account.objects.create(username=f"{whose.hex[:20]}", password="!")
    belonging.current().join(account.pk, whose)
    return whose


def _noted(number: int, whose: UUID) -> None:
    """A check-in with a note, and a page of the journal."""
    from uuid import uuid4

    from qingting.companion.progress.mood import Entry, Mood
    from qingting.progress import journal, moods
    from qingting.progress.service import current

    now = current().clock()
    note, page = sentence(number, "note"), sentence(number, "journal")
    moods.note(current(), whose, Mood(uuid4().hex, now.date(), now, -1, note=note))
    journal.write(current(), whose, Entry(uuid4().hex, now.date(), now, page))


def _read(talk: Any) -> dict[str, Any]:
    """Everything that opens, found by walking the declarations."""
    from qingting.people.accounts import belonging
    from qingting.people.models import Person
    from qingting.privacy import rows
    from qingting.privacy.errors import StorageError
    from qingting.privacy.sealing import Place

    texts: dict[str, list[str]] = {}
    shut, accounts = 0, {}
    for person in Person.objects.values_list("id", flat=True):
        texts[str(person)] = []
        for model, declared in rows.declared():
            columns = rows.sealed_columns(model) if declared.owner == "person" else []
            for row in rows.rows_of(model, declared, person) if columns else ():
                for column in filter(lambda one: getattr(row, one) is not None, columns):
                    place = Place(model._meta.db_table, column, row.pk)
                    try:
                        seal = talk.keyring.open(person)
                        sealed = seal.open_bytes(getattr(row, column), place)
                        texts[str(person)].append(sealed.decode("utf-8", "replace"))
                    except StorageError:
                        shut += 1
        try:
            account = belonging.current().account_of(person)
        except StorageError:
            account = None
        if account is not None and belonging.current().person_of(account.pk) == person:
            accounts[str(person)] = account.username
    return {"texts": texts, "shut": shut, "accounts": accounts}


def _erase(talk: Any, person: UUID) -> None:
    from qingting.privacy.audit import By
    from qingting.privacy.erasing import Erasing

    Erasing((), talk.clock).erase(person, By("person", str(person)))


def main() -> None:
    """See the module."""
    talk = _standing()
    match sys.argv[1:]:
        case ["plant", number]:
            print(json.dumps(asyncio.run(_plant(talk, int(number)))))
        case ["read"]:
            print(json.dumps(_read(talk)))
        case ["erase", person]:
            _erase(talk, UUID(person))


if __name__ == "__main__":
    main()
