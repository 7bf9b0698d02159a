"""Exercises: the file of steps, the file of words of each language, and that they fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from qingting.companion.exercise.coach import ROLES
from qingting.companion.exercise.exercise import GROUPS, SHELVES, STEP_KINDS, UNLESS
from qingting.companion.understand.reading import DISTORTIONS, FEELINGS, Need
from qingting.content_check.finding import Finding
from qingting.content_check.folder import LANGUAGES, Document, Folder, tables
from qingting.content_check.schema import Field, Spec, against, named

_LINES: Final = Field("lines")
_MAYBE_LINES: Final = Field("lines", required=False)
_NUMBER: Final = Field("number", required=False)

_WHEN: Final[Spec] = {
    "feelings": Field("names", required=False, among=FEELINGS),
    "topics": Field("names", required=False),
    "traps": Field("names", required=False, among=("any", *DISTORTIONS)),
    "needs": Field("names", required=False, among=get_args(Need)),
    "aroused": Field("yes_no", required=False),
}
_STEP: Final[Spec] = {
    "id": Field("text"),
    "kind": Field("text", among=STEP_KINDS),
    "seconds": Field("numbers", required=False),
    "rounds": _NUMBER,
    "least": _NUMBER,
    "most": _NUMBER,
    "instead": Field("table", required=False),
    "things": Field("yes_no", required=False),
}
STEPS: Final[Spec] = {
    "group": Field("text", among=GROUPS),
    "shelf": Field("text", among=SHELVES),
    "minutes": Field("number"),
    "mood": Field("yes_no"),
    "not_when": Field("names", among=UNLESS),
    "after": Field("text"),
    "when": Field("table", required=False, inside=_WHEN),
    "step": Field("tables", inside=_STEP),
}
WORDS: Final[Spec] = {
    "title": Field("text"),
    "page": Field("text"),
    "offer": _LINES,
    "begin": _LINES,
    "stop": _LINES,
    "end": _LINES,
    "part": _MAYBE_LINES,
    "step": Field("table"),
}
_SAID_IN_STEP: Final[Spec] = {
    "say": _LINES,
    "example": Field("text", required=False),
    "got": _MAYBE_LINES,
    "again": _MAYBE_LINES,
    "options": _MAYBE_LINES,
    "as": Field("table", required=False, inside=dict.fromkeys(ROLES, _LINES)),
}
# What a step of a kind needs besides "say".
_NEEDS: Final[Mapping[str, tuple[str, ...]]] = {
    "ask": ("got", "again", "example"),
    "list": ("got", "again", "example"),
    "rate": ("got", "again"),
    "choose": ("got", "again", "options"),
    "breathe": ("got",),
    "play": ("as",),
    "say": (),
    "hold": (),
}
_FEWEST_OPTIONS: Final = 3
_MINUTES: Final = (1, 15)


def check(folder: Folder) -> Iterator[Finding]:
    """All exercises of a folder."""
    topics = {document.stem for document in folder.on("topics", *LANGUAGES)}
    for document in folder.on("exercises"):
        if document.language is None:
            wrong = list(against(document, STEPS))
            yield from wrong or _steps(document, folder, topics)
        else:
            yield from against(document, WORDS)
            yield from _words(document, folder)


def _rows(document: Document) -> list[Any]:
    rows = document.data.get("step")
    return rows if isinstance(rows, list) else []


def _steps(document: Document, folder: Folder, topics: set[str]) -> Iterator[Finding]:
    """The file of steps; its fields are as they must be."""
    if not _MINUTES[0] <= document.data["minutes"] <= _MINUTES[1]:
        least, most = map(str, _MINUTES)
        yield document.found("minutes", ("minutes",), least=least, most=most)
    ids = Counter(str(step.get("id")) for _, step in tables(_rows(document)))
    for name, times in ids.items():
        if times > 1:
            yield document.found("step_twice", ("step", 0), step=name)
    for topic in document.data.get("when", {}).get("topics", ()):
        if topic not in topics:
            yield document.found("no_topic", ("when", "topics"), value=str(topic))
    for language in LANGUAGES:
        if f"{language}/{document.name}" not in folder.by_name:
            yield document.found("no_words", 1, other=f"{language}/{document.name}")
    for number, step in tables(_rows(document)):
        yield from _step(document, number, step, folder)


def _step(
    document: Document, number: int, step: Mapping[str, Any], folder: Folder
) -> Iterator[Finding]:
    place, name, kind = ("step", number), step["id"], step["kind"]
    seconds = step.get("seconds", ())
    if kind == "breathe" and not (step.get("rounds") and len(seconds) == 4):
        yield document.found("breathe", place, step=name)
    if kind == "hold" and len(seconds) != 1:
        yield document.found("hold", place, step=name)
    if kind != "breathe" and "rounds" in step:
        yield document.found("rounds", (*place, "rounds"), step=name)
    if step.get("least", 1) > step.get("most", 1):
        yield document.found("least_most", (*place, "least"), step=name)
    for other in step.get("instead", {}).values():
        if f"exercises/{other}.toml" not in folder.by_name:
            yield document.found("no_exercise", (*place, "instead"), step=name, value=str(other))


def _words(document: Document, folder: Folder) -> Iterator[Finding]:
    """The words of one language beside the steps."""
    steps = folder.by_name.get(f"exercises/{document.stem}.toml")
    if steps is None:
        yield document.found("no_steps", 1, other=f"exercises/{document.stem}.toml")
        return
    said = document.data.get("step")
    said = said if isinstance(said, dict) else {}
    kinds = {str(step.get("id")): str(step.get("kind")) for _, step in tables(_rows(steps))}
    for name in kinds.keys() - said.keys():
        yield document.found("step_unsaid", 1, step=name)
    for name, words in said.items():
        place = ("step", name)
        if name not in kinds or not isinstance(words, dict):
            allowed = named(tuple(kinds))
            yield document.found("step_unknown", place, step=name, allowed=allowed)
            continue
        yield from against(document, _SAID_IN_STEP, words, place)
        for part in _NEEDS.get(kinds[name], ()):
            if part not in words:
                yield document.found("step_lacks", place, step=name, field=part, kind=kinds[name])
        options = words.get("options", ())
        if kinds[name] == "choose" and 0 < len(options) < _FEWEST_OPTIONS:
            least = str(_FEWEST_OPTIONS)
            yield document.found("few_options", (*place, "options"), step=name, least=least)
