"""One small mistake of every kind that the content linter knows of a voice, in copies of one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from qingting.content_check.folder import installed

Edit = Callable[[str], str]


def write_voice(root: Path, name: str, edit: Edit) -> None:
    """A copy of a voice that is there, changed."""
    text = (installed() / "zh/voices/elder.toml").read_text(encoding="utf-8")
    changed = edit(text)
    assert changed != text
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(changed, encoding="utf-8")


def _first_line(old: str, new: str) -> Edit:
    return lambda text: re.sub(rf"^{old}.*$", new, text, count=1, flags=re.MULTILINE)


_LONG = "雨一直下到晚上，操场边上那一排没来得及搬走的椅子全湿了，谁也没有去把它们一把一把收回来。"
MISTAKES: tuple[tuple[str, Edit, str], ...] = (
    (
        "voice_few",
        lambda text: re.sub(
            r"\[aside\.night\]\nlines = \[.*?\n\]",
            '[aside.night]\nlines = [\n  "夜里就两句。",\n]',
            text,
            flags=re.DOTALL,
        ),
        "lines = [",
    ),
    (
        "voice_over_nothing",
        lambda text: text + '\n[moves.weather]\nrain = ["雨停了呀。"]\n',
        'rain = ["',
    ),
    (
        "voice_long",
        lambda text: text.replace(
            "[aside.any]\nlines = [", f'[aside.any]\nlines = [\n  "{_LONG}",'
        ),
        _LONG,
    ),
    ("voice_no_ai", _first_line("label = ", 'label = "学姐的口气"'), "label ="),
    ("voice_near", _first_line("name = ", 'name = "姐姐"'), "name ="),
)
