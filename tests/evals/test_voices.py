"""The sheets for blind readers: whole talks, and nothing in them that names a voice."""

from __future__ import annotations

import json
from pathlib import Path

from evals.voices.__main__ import blinded, write
from evals.voices.play import Script, play, scripts
from qingting.companion.voice.words import voice_words


def test_a_sheet_names_no_voice_and_the_key_lies_apart(tmp_path: Path) -> None:
    script = next(one for one in scripts() if one.language == "zh")
    asked = Script(script.id, "zh", script.start, ("你真的是苏轼吗", "换成苏轼", *script.said[:3]))
    played = [play(asked, which) for which in ("su_shi", "plain")]
    write(played, tmp_path / "blind")
    sheets = list((tmp_path / "blind").iterdir())
    assert sorted(one.name for one in sheets) == ["zh_01.md", "zh_02.md"]
    key = json.loads((tmp_path / "blind_key" / "key.json").read_text(encoding="utf-8"))
    assert {one["voice"] for one in key.values()} == {"su_shi", "plain"}
    words = voice_words("zh", "su_shi")
    assert words is not None
    for sheet in sheets:
        text = sheet.read_text(encoding="utf-8")
        ours = "\n".join(one for one in text.splitlines() if one.startswith("**C**"))
        assert ours.count("**C**") == 5
        assert words.name not in ours
        assert words.label not in ours
        assert all(line not in ours for line in words.lines("about_you", "who"))


def test_nothing_else_of_a_reply_is_taken_out() -> None:
    assert blinded("江水夜里不说话。", "zh") == "江水夜里不说话。"
