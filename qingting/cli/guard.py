"""qingting guard: replies in, what is wrong with them out, as JSON lines; docs/guard.md.

Nothing is stored, and what was written never goes to a log: a line that is no request is named
by its number only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TextIO

from qingting.companion.protect.guard import Problem, problems
from qingting.companion.protect.resources import Directory
from qingting.companion.reply.sentences import SentenceSplitter
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.language import language_of


def run(lines: TextIO, out: TextIO) -> int:
    """Judge every line; returns 1 when a line was no request."""
    bad = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        answer = _answer(number, line)
        bad += "error" in answer
        out.write(json.dumps(answer, ensure_ascii=False) + "\n")
        out.flush()
    return int(bad > 0)


def _answer(number: int, line: str) -> dict[str, Any]:
    try:
        asked = json.loads(line)
    except json.JSONDecodeError:
        return {"id": None, "error": f"line {number} is not JSON"}
    if not isinstance(asked, dict) or not isinstance(asked.get("reply"), str):
        identity = asked.get("id") if isinstance(asked, dict) else None
        return {"id": identity, "error": f'line {number} has no "reply" text'}
    found = list(judged(asked["reply"], _said(asked)))
    return {
        "id": asked.get("id"),
        "ok": not found,
        "problems": [{"category": one.category, "evidence": one.evidence} for one in found],
    }


def judged(reply: str, user: str) -> Iterator[Problem]:
    """The problems of a whole reply, each category once. A worn phrase ("stock") is no harm: it
    is left out of a reply quietly, and not named here. Nothing says where the person is, so the
    numbers of every place of the resources may stand."""
    default = language_of(cleaned(reply), "zh")
    language = language_of(cleaned(user), default)
    numbers = Directory.load().numbers
    seen: set[str] = set()
    before = ""
    for sentence in sentences_of(reply):
        for problem in problems(sentence, language, numbers, user=user, before=before):
            if problem.category != "stock" and problem.category not in seen:
                seen.add(problem.category)
                yield problem
        before = sentence


def sentences_of(reply: str) -> list[str]:
    """The sentences of a reply, as they are judged one by one."""
    splitter = SentenceSplitter()
    return [one for one in (*splitter.feed(reply), splitter.flush()) if one.strip()]


def _said(asked: Mapping[str, Any]) -> str:
    """What the person said: "user", after what "context" tells of earlier (a text or texts)."""
    context = asked.get("context") or []
    earlier = [context] if isinstance(context, str) else context
    told = [one for one in earlier if isinstance(one, str)] if isinstance(earlier, list) else []
    user = asked.get("user")
    return "\n".join([*told, user if isinstance(user, str) else ""]).strip()
