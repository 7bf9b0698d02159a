"""The door for evaluation: scripts in, results out (docs/converse.md)."""

from __future__ import annotations

import io
import json
from typing import Any

from qingting.cli.converse import run


def results(*scripts: object, status: int = 0) -> list[dict[str, Any]]:
    lines = io.StringIO("\n".join(s if isinstance(s, str) else json.dumps(s) for s in scripts))
    out = io.StringIO()
    assert run(lines, out, "guided") == status
    return [json.loads(line) for line in out.getvalue().splitlines()]


def turns(*said: dict[str, Any], **profile: Any) -> list[dict[str, Any]]:
    script = {"id": "a", "profile": profile, "turns": list(said), "unknown": 1}
    found: list[dict[str, Any]] = results(script)[0]["turns"]
    return found


def test_a_turn_has_every_documented_field() -> None:
    turn = turns({"user": "我觉得我快撑不住了"}, locale="zh-CN", age=19)[0]
    assert turn["reply"]
    assert set(turn) == {"reply", "risk", "feelings", "resources", "plan", "notices"}
    assert set(turn["risk"]) == {"level", "subject", "kinds"}
    assert turn["notices"] == ["ai_disclosure"]
    assert "overwhelm" in turn["feelings"]


def test_the_same_script_gives_the_same_words() -> None:
    said = ({"user": "i failed my exam"}, {"user": "idk"}, {"user": "i want to die"})
    assert turns(*said, locale="en") == turns(*said, locale="en")


def test_danger_stays_across_sessions_and_falls_with_time_only() -> None:
    told = turns(
        {"user": "我不想活了"},
        {"user": "没有，我没事了"},
        {"user": "今天上课了", "new_session": True},
        {"user": "今天吃了面", "gap_days": 4},
        locale="zh-CN",
    )
    assert [t["risk"]["level"] for t in told] == ["high", "high", "high", "moderate"]
    assert told[0]["resources"]


def test_means_at_hand_with_the_wish_is_imminent_and_gets_the_emergency_number() -> None:
    zh = turns({"user": "我不想活了，药都准备好了"}, locale="zh-CN")[0]
    assert zh["risk"]["level"] == "imminent"
    assert "120" in zh["reply"]
    en = turns({"user": "i want to kill myself, i have the pills here"}, locale="en-US")[0]
    assert en["risk"]["level"] == "imminent"
    assert "911" in en["reply"]


def test_a_bad_line_is_named_and_the_others_are_answered() -> None:
    told = results("{not json", {"id": "b", "turns": [{"user": "hi"}]}, status=1)
    assert "line 1" in told[0]["error"]
    assert told[1]["turns"][0]["reply"]


def test_a_made_up_time_zone_or_age_is_survived() -> None:
    told = turns({"user": "睡不着"}, locale="zh-TW", timezone="Mars/Base", age="x", region="zz")
    assert told[0]["reply"]
