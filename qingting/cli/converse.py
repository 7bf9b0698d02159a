"""qingting converse: scripted conversations through the whole companion, for evaluation.

JSON lines in, JSON lines out, one fresh person a script; docs/converse.md is the contract. The
clock is the script's own: gaps pass at once.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, TextIO
from zoneinfo import available_timezones

from qingting.cli.scripted import InMemory
from qingting.companion.events import Done, Notice
from qingting.companion.parts import Parts
from qingting.companion.person import AgeBand, Person
from qingting.companion.policy import Policy
from qingting.companion.ports import ChatModel
from qingting.companion.understand.reading import at_least, worst
from qingting.companion.voice.words import PLAIN

# Where a script says nothing about time: two turns a minute, from a fixed evening.
_START = datetime(2026, 3, 2, 14, 30, tzinfo=UTC)
_BETWEEN = timedelta(seconds=30)


def run(lines: TextIO, out: TextIO, responder: str) -> int:
    """Read every script and write its result; returns 1 when a line was not a script."""
    return asyncio.run(_run(lines, out, responder))


async def _run(lines: TextIO, out: TextIO, responder: str) -> int:
    model = _model() if responder == "model" else None
    bad = 0
    try:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            result = await _line(number, line, model)
            bad += "error" in result
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
            out.flush()
    finally:
        if model is not None:
            await model.close()
    return int(bad > 0)


async def _line(number: int, line: str, model: ChatModel | None) -> dict[str, Any]:
    try:
        script = json.loads(line)
        identity, turns = script["id"], script["turns"]
        talk = _person(script, model)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return {"error": f"line {number} is not a script: {type(error).__name__}: {error}"}
    results = []
    for index, given in enumerate(turns):
        if not isinstance(given, dict) or not isinstance(given.get("user"), str):
            return {"id": identity, "error": f'turn {index + 1} has no "user" text'}
        _pass_time(talk, given, first=index == 0)
        events, done = await talk.say(given["user"])
        told: list[str] = [event.kind for event in events if isinstance(event, Notice)]
        results.append(_result(done, told))
    return {"id": identity, "turns": results}


def _person(script: Mapping[str, Any], model: ChatModel | None) -> InMemory:
    profile = script.get("profile") or {}
    locale = str(profile.get("locale") or "zh-CN")
    chinese = locale.lower().startswith("zh")
    timezone = str(profile.get("timezone") or "")
    person = Person(
        locale=locale,
        timezone=timezone
        if timezone in available_timezones()
        else "Asia/Shanghai"
        if chinese
        else "UTC",
        region=str(profile["region"]).upper() if profile.get("region") else None,
        age_band=_age_band(profile.get("age")),
        voice=str(profile.get("voice") or PLAIN),
    )
    start = script.get("start")
    now = datetime.fromisoformat(start) if start else _START
    now = now if now.tzinfo else now.replace(tzinfo=UTC)
    # The id is the seed: the same script gives the same words.
    return InMemory(
        person, Policy(), now, parts=replace(Parts(), model=model), seed=str(script["id"])
    )


def _age_band(age: Any) -> AgeBand:
    if not isinstance(age, int | float) or isinstance(age, bool):
        return "unknown"
    bands: tuple[tuple[int, AgeBand], ...] = ((14, "under_14"), (16, "14_15"), (18, "16_17"))
    return next((band for below, band in bands if age < below), "adult")


def _pass_time(talk: InMemory, given: Mapping[str, Any], *, first: bool) -> None:
    days, minutes = given.get("gap_days") or 0, given.get("gap_minutes") or 0
    gap = timedelta(days=float(days), minutes=float(minutes))
    if not first:
        talk.now += gap or _BETWEEN
    if not first and (given.get("new_session") or days):
        talk.new_session()


def _result(done: Done, notices: list[str]) -> dict[str, Any]:
    risk, episode = done.reading.risk, done.episode
    level = worst(risk.level, episode.level)
    episode_leads = at_least(episode.level, "moderate")
    kinds = list(dict.fromkeys((*risk.kinds, *episode.kinds)))
    return {
        "reply": done.reply,
        "risk": {
            "level": level,
            "subject": episode.subject if episode_leads else risk.subject,
            "kinds": kinds,
        },
        "feelings": [read.label for read in done.reading.feelings],
        "resources": done.resources_shown,
        "plan": {**done.plan.public(), "responder": done.responder},
        "notices": notices,
    }


def _model() -> ChatModel:
    from qingting.site.config import read_config
    from qingting.site.wiring import model_of

    model = model_of(read_config())
    if model is None:
        raise SystemExit(
            "converse --responder model: no model is configured; "
            "set QINGTING_MODEL_URL and QINGTING_MODEL_NAME, or DEEPSEEK_API_KEY"
        )
    return model
