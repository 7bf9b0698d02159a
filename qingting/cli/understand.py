"""qingting understand: messages in, readings out, as JSON lines; the contract: docs/understand.md.

Nothing is stored, nothing leaves the machine, and what was written never goes to a log: a line
that is no request is named by its number only.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, Final, TextIO

from qingting.companion.understand import Heard, Reading, Told, learned, understand_all
from qingting.companion.understand.history import Speaker
from qingting.companion.understand.learned.labels import LabelSet
from qingting.companion.understand.learned.views import plain_view

# Messages read together; results come out in the same order.
_BATCH: Final = 64
_SPEAKERS: Final[Mapping[str, Speaker]] = {
    "person": "person",
    "user": "person",
    "companion": "companion",
    "assistant": "companion",
    "counsellor": "counsellor",
}


class NotARequest(ValueError):
    """A line that is not `{"id", "text", "history"?}`; the message says what is wrong with it."""


def run(lines: TextIO, out: TextIO, labels: LabelSet) -> int:
    """Read every line and write its reading; returns 1 when a line was no request, 2 when the
    label set needs trained heads and they are not installed."""
    if labels != "qingting" and learned.load() is None:
        out.write(json.dumps({"error": f"the labels {labels!r} need numpy and the models"}) + "\n")
        return 2
    bad = 0
    for batch in _batches(_requests(lines)):
        for answer in _answers(batch, labels):
            bad += "error" in answer
            out.write(_line(answer))
        out.flush()
    return int(bad > 0)


def _line(answer: Mapping[str, Any]) -> str:
    """One answer as readable text; escaped where it holds half a character, which no stream
    carries."""
    line = json.dumps(answer, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(answer)
    return line + "\n"


def _batches(given: Iterable[Any]) -> Iterator[list[Any]]:
    iterator = iter(given)
    while batch := list(islice(iterator, _BATCH)):
        yield batch


def _requests(lines: TextIO) -> Iterator[tuple[Any, Told | str]]:
    """(id, message), or (id, what is wrong)."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        identity: Any = None
        try:
            asked = json.loads(line)
            if not isinstance(asked, dict):
                raise NotARequest("not an object")
            identity = asked.get("id")
            yield identity, _told(asked)
        except NotARequest as error:
            yield identity, f"line {number}: {error}"
        except (ValueError, RecursionError):
            # Also numbers too long and brackets too deep to read.
            yield identity, f"line {number} is not JSON"


def _told(asked: Mapping[str, Any]) -> Told:
    text = asked.get("text")
    if not isinstance(text, str):
        raise NotARequest('"text" is not a string')
    history = asked.get("history") or []
    if not isinstance(history, list):
        raise NotARequest('"history" is not a list')
    return Told(text, [_heard(turn, len(history) - at) for at, turn in enumerate(history)])


def _heard(turn: Any, from_end: int) -> Heard:
    """One earlier turn: {"speaker", "text"}, {"role", "content"}, [speaker, text], or a plain
    string; plain strings are taken as alternating, the last one the companion's."""
    if isinstance(turn, str):
        return Heard("companion" if from_end % 2 else "person", turn)
    if isinstance(turn, dict):
        turn = [turn.get("speaker", turn.get("role")), turn.get("text", turn.get("content"))]
    if not (isinstance(turn, list) and len(turn) == 2 and isinstance(turn[1], str)):
        raise NotARequest('a turn of "history" is neither an object nor a string')
    speaker = _SPEAKERS.get(str(turn[0]))
    if speaker is None:
        raise NotARequest('a turn of "history" has an unknown speaker')
    return Heard(speaker, turn[1])


def _answers(batch: Sequence[tuple[Any, Told | str]], labels: LabelSet) -> Iterator[dict[str, Any]]:
    told = [one for _, one in batch if isinstance(one, Told)]
    readings = understand_all(told)
    feelings = _feelings(told, readings, labels)
    found = zip(readings, feelings, strict=True)
    for identity, one in batch:
        if isinstance(one, Told):
            yield _shown(identity, one.text, *next(found))
        else:
            yield {"id": identity, "error": one}


def _feelings(
    told: Sequence[Told], readings: Sequence[Reading], labels: LabelSet
) -> list[list[tuple[str, float]]]:
    model = learned.load()
    if labels == "qingting" or model is None:
        return [[(read.label, read.strength) for read in one.feelings] for one in readings]
    # Only here: without arrays there are no other label sets.
    from qingting.companion.understand.learned.model import Asked

    asked = [Asked(plain_view(one.text), one.history) for one in told]
    return [
        model.labels(sketch, labels, reading.language)
        for sketch, reading in zip(model.sketches(asked) if asked else [], readings, strict=True)
    ]


def _shown(
    identity: Any, text: str, reading: Reading, feelings: Sequence[tuple[str, float]]
) -> dict[str, Any]:
    risk = reading.risk
    return {
        "id": identity,
        "language": reading.language,
        "feelings": [
            {"label": label, "strength": round(strength, 2)} for label, strength in feelings
        ],
        "valence": reading.valence,
        "arousal": reading.arousal,
        "risk": {
            "level": risk.level,
            "subject": risk.subject,
            "kinds": list(risk.kinds),
            "levels": dict(risk.levels),
            "score": risk.score,
            "marks": list(risk.marks),
            "evidence": [
                {"start": span.start, "end": span.end, "text": text[span.start : span.end]}
                for span in risk.evidence
            ],
        },
        "distortions": [
            {
                "label": read.label,
                "start": read.span.start,
                "end": read.span.end,
                "text": text[read.span.start : read.span.end],
                "score": read.score,
            }
            for read in reading.distortions
        ],
        "topics": [
            {"name": topic.name, "facet": topic.facet} if topic.facet else {"name": topic.name}
            for topic in reading.topics
        ],
        "need": reading.need,
    }
