"""The door for reading messages: lines in, readings out (docs/understand.md)."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qingting.cli.understand import run
from qingting.companion.understand import learned
from qingting.companion.understand.reading import DISTORTIONS, FEELINGS, KINDS, LEVELS
from tests.cli.readings import TEXTS, answers, written
from tests.companion.understand.learned.heads import lowered

DOCS = (Path(__file__).parents[2] / "docs" / "understand.md").read_text(encoding="utf-8")
ASKS = "你有没有想过结束自己的生命？"


def level(text: str, history: object) -> str:
    told: str = answers({"text": text, "history": history})[0]["risk"]["level"]
    return told


@pytest.mark.parametrize("text", TEXTS)
def test_a_reading_has_every_documented_field_and_no_other(text: str) -> None:
    told = answers({"id": "a", "text": text, "unknown": 1})[0]
    assert list(told) == [
        "id", "language", "feelings", "valence", "arousal", "risk", "distortions", "topics", "need",
    ]  # fmt: skip
    risk = told["risk"]
    assert list(risk) == ["level", "subject", "kinds", "levels", "score", "marks", "evidence"]
    assert told["language"] in ("zh", "en")
    assert risk["level"] in LEVELS
    assert risk["subject"] in ("self", "other")
    assert sorted(risk["kinds"]) == sorted(risk["levels"])
    assert set(risk["kinds"]) <= set(KINDS)
    assert 0 <= risk["score"] <= 1
    assert -1 <= told["valence"] <= 1
    assert 0 <= told["arousal"] <= 1
    for feeling in told["feelings"]:
        assert feeling["label"] in FEELINGS
        assert 0 < feeling["strength"] <= 1
    for trap in told["distortions"]:
        assert list(trap) == ["label", "start", "end", "text", "score"]
        assert trap["label"] in DISTORTIONS
        assert text[trap["start"] : trap["end"]] == trap["text"] != ""
    for piece in risk["evidence"]:
        assert text[piece["start"] : piece["end"]] == piece["text"] != ""


def test_what_is_meant_is_what_is_read() -> None:
    told = answers(*({"text": text} for text in TEXTS))
    assert [one["language"] for one in told] == ["zh", "zh", "en", "zh", "en", "zh", "zh", "zh"]
    assert told[0]["risk"]["level"] in ("high", "imminent")
    assert told[0]["risk"]["kinds"][0] == "suicide"
    assert "不想活" in told[0]["risk"]["evidence"][0]["text"]
    assert told[2]["risk"]["kinds"][0] == "self_harm"
    assert told[3]["risk"]["subject"] == "other"
    assert "gratitude" in [feeling["label"] for feeling in told[4]["feelings"]]
    assert "exams" in [topic["name"] for topic in told[5]["topics"]]
    assert told[5]["need"] == "advice"
    assert told[6]["risk"] == {**told[6]["risk"], "level": "none", "kinds": [], "evidence": []}


def test_thinking_traps_come_with_their_words(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the heads find; here they are made to find something."""
    eager = lowered(0.0)
    monkeypatch.setattr(learned, "load", lambda: eager)
    text = "今天下雨，我就是个废物"
    traps = answers({"text": text})[0]["distortions"]
    assert len(traps) == 3
    for trap in traps:
        assert trap["text"] == text[trap["start"] : trap["end"]]
        assert trap["text"] in ("今天下雨", "我就是个废物")


def test_every_field_and_label_stands_in_the_documentation() -> None:
    told = answers({"id": 1, "text": TEXTS[0]})[0]
    names = {*told, *(f"risk.{name}" for name in told["risk"])} - {"risk"}
    for name in (*names, *KINDS, *DISTORTIONS, *LEVELS):
        assert f"`{name}`" in DOCS, name
    for name in FEELINGS:
        assert name in DOCS


def test_the_documented_example_is_a_message() -> None:
    block = DOCS.split("```json\n")[1].split("```")[0]
    told = answers(block.replace("\n", " "))[0]
    assert (told["id"], told["risk"]["level"]) == ("a1", "high")


@pytest.mark.parametrize("identity", ["a", 7, 1.5, None, True, ["x", 1], {"run": 2}, "编号"])
def test_an_id_comes_back_as_it_was(identity: object) -> None:
    assert answers({"id": identity, "text": "hi"})[0]["id"] == identity


def test_a_message_without_an_id_is_read_too() -> None:
    assert answers({"text": "hi"})[0]["id"] is None


@pytest.mark.parametrize(
    "turns",
    [
        [{"speaker": "person", "text": "最近真的很累"}, {"speaker": "companion", "text": ASKS}],
        [{"role": "user", "content": "最近真的很累"}, {"role": "assistant", "content": ASKS}],
        [["person", "最近真的很累"], ["companion", ASKS]],
        [["user", "最近真的很累"], ["assistant", ASKS]],
        ["最近真的很累", ASKS],
        [ASKS],
        ["最近真的很累", {"speaker": "counsellor", "text": ASKS}],
    ],
)
def test_every_form_of_history_is_heard(turns: list[Any]) -> None:
    assert level("嗯", turns) == "high"


@pytest.mark.parametrize(
    "turns",
    [
        None,
        [],
        [["person", ASKS]],
        [ASKS, "最近真的很累"],
        [["companion", "晚饭吃了吗？"]],
        [["companion", ASKS], ["person", "没有"], ["companion", "晚饭吃了吗？"]],
    ],
)
def test_a_short_answer_to_something_else_is_no_danger(turns: list[Any] | None) -> None:
    assert level("嗯", turns) in ("none", "low")


BAD = {
    "no json at all 秘密": "is not JSON",
    '{"id": "b", "text": "秘密"': "is not JSON",
    '["秘密"]': "not an object",
    '"秘密"': "not an object",
    '{"id": "b"}': '"text"',
    '{"id": "b", "text": 7}': '"text"',
    '{"id": "b", "text": null}': '"text"',
    '{"id": "b", "text": "秘密", "history": "秘密"}': '"history"',
    '{"id": "b", "text": "秘密", "history": {"秘密": 1}}': '"history"',
    '{"id": "b", "text": "秘密", "history": [7]}': '"history"',
    '{"id": "b", "text": "秘密", "history": [["person"]]}': '"history"',
    '{"id": "b", "text": "秘密", "history": [["秘密", "秘密"]]}': "speaker",
    '{"id": "b", "text": "秘密", "history": [{"text": "秘密"}]}': "speaker",
    '{"id": "b", "text": "秘密", "history": [{"speaker": "person", "text": 7}]}': '"history"',
    '{"id": "b", "text": "秘密", "history": [{"speaker": ["person"], "text": "秘密"}]}': "speaker",
}


@pytest.mark.parametrize(("line", "reason"), BAD.items())
def test_a_bad_line_is_named_and_the_others_are_read(line: str, reason: str) -> None:
    first, bad, last = answers({"id": "a", "text": "hi"}, line, {"id": "c", "text": "hi"}, status=1)
    assert (first["id"], last["id"]) == ("a", "c")
    assert "risk" in first
    assert "risk" in last
    assert set(bad) == {"id", "error"}
    assert bad["id"] == ("b" if '"id": "b"' in line and reason != "is not JSON" else None)
    assert "line 2" in bad["error"]
    assert reason in bad["error"]
    assert "秘密" not in bad["error"]


@pytest.mark.parametrize("line", ["[" * 100_000, '{"id": ' + "1" * 10_000 + ', "text": "hi"}'])
def test_a_monstrous_line_is_only_a_bad_line(line: str) -> None:
    bad, read = answers(line, {"id": "c", "text": "hi"}, status=1)
    assert "line 1" in bad["error"]
    assert read["id"] == "c"


def test_empty_lines_are_passed_over_but_counted() -> None:
    read, bad = answers("", {"id": "a", "text": "hi"}, "   ", "nope", status=1)
    assert read["id"] == "a"
    assert "line 4" in bad["error"]


def test_nothing_in_nothing_out() -> None:
    assert answers() == []
    assert answers("nope", status=1) != []


def without_scores(told: dict[str, Any]) -> dict[str, Any]:
    """Sums in another order differ in their last places; everything else must be the same."""
    risk = {**told["risk"], "score": None}
    traps = [{**trap, "score": None} for trap in told["distortions"]]
    return {**told, "id": None, "risk": risk, "distortions": traps}


def test_many_lines_keep_their_order_and_read_as_each_alone() -> None:
    lines: list[object] = [{"id": n, "text": TEXTS[n % len(TEXTS)]} for n in range(150)]
    lines[70] = "nope"
    told = answers(*lines, status=1)
    assert [one["id"] for one in told] == [n if n != 70 else None for n in range(150)]
    for place, text in enumerate(TEXTS):
        (alone,) = answers({"text": text})
        for number in range(place, 150, len(TEXTS)):
            if number != 70:
                assert without_scores(told[number]) == without_scores(alone)
                scores = (told[number]["risk"]["score"], alone["risk"]["score"])
                assert scores[0] == pytest.approx(scores[1], abs=1e-3)


def test_a_stream_is_answered_in_batches_and_not_kept_to_its_end() -> None:
    out = io.StringIO()
    seen: list[int] = []

    def slowly() -> Iterator[str]:
        for number in range(130):
            seen.append(out.getvalue().count("\n"))
            yield json.dumps({"id": number, "text": "hi"}) + "\n"

    assert run(slowly(), out, "qingting") == 0  # type: ignore[arg-type]
    assert (seen[63], seen[64], seen[128]) == (0, 64, 128)
    assert out.getvalue().count("\n") == 130


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=120), st.text(st.characters(), max_size=60))
def test_any_message_gives_one_line_of_utf_8(text: str, said: str) -> None:
    (line,) = written({"id": 1, "text": text, "history": [said]})
    told = json.loads(line.encode("utf-8"))
    assert told["id"] == 1
    for piece in told["risk"]["evidence"]:
        assert text[piece["start"] : piece["end"]] == piece["text"]


@pytest.mark.parametrize("text", ["我想\ud83d死", "我想\udc00自\ud800杀"])
def test_half_a_character_in_the_evidence_is_still_one_line_of_utf_8(text: str) -> None:
    (line,) = written({"id": "\ud83d", "text": text})
    told = json.loads(line.encode("utf-8"))
    assert told["id"] == "\ud83d"
    piece = told["risk"]["evidence"][0]
    assert text[piece["start"] : piece["end"]] == piece["text"]


def test_chinese_is_written_as_it_is_read() -> None:
    assert "不想活" in written({"text": TEXTS[0]})[0]
