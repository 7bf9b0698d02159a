"""Lives told over weeks, visit by visit, on the real stack: what is kept of them, what is asked and
when, what a later reply takes up, and what never comes up again."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from tests.memory.played import Play, Stack, stack
from tests.memory.scripted import LANGUAGES, Script, scripts
from tests.talk.installation import ON_POSTGRES

SCRIPTS = 30


@pytest.fixture(scope="module")
def playing() -> Iterator[Stack]:
    """One stack for all of them: everybody in a script is somebody new."""
    with stack() as made:
        yield made


def _cases() -> Iterator[Any]:
    # PostgreSQL takes a second to empty its tables after each; `make test-lines` plays all of them.
    every = 1 if os.environ.get("QINGTING_TEST_EVERY_LINE") else 10 if ON_POSTGRES else 3
    for script in scripts()[::every]:
        marks = [pytest.mark.xfail(strict=True, reason=script.fails)] if script.fails else []
        yield pytest.param(script, id=f"{script.language} {script.id}", marks=marks)


# Really stored, because a turn stores in a thread of its own.
@pytest.mark.django_db(databases=["default", "keys"], transaction=True)
@pytest.mark.parametrize("script", list(_cases()))
def test_script(script: Script, playing: Stack) -> None:
    Play(playing, script).run()


def test_there_are_enough_in_each_language() -> None:
    counted = Counter(script.language for script in scripts())
    assert all(counted[language] >= SCRIPTS for language in LANGUAGES), counted
    ids = Counter((script.language, script.id) for script in scripts())
    assert not [one for one, number in ids.items() if number > 1]
