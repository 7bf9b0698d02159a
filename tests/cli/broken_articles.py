"""One small mistake of every kind that can stand in an article, each in a copy of the article of
the guide (docs/content.md)."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"
ARTICLE = "homesick"
Edit = Callable[[str], str]


def documented_articles(page: str) -> dict[str, str]:
    """The articles that a guide has one make, by name."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.findall(r"^### [^`\n]*`([\w/]+\.md)`\n\n```markdown\n(.*?)```", text, re.M | re.S)
    return dict(found)


def _swap(old: str, new: str) -> Edit:
    def edit(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return edit


# Code, language, the mistake, and a text on the line on which it must be found ("" for the first).
MISTAKES: tuple[tuple[str, str, Edit, str], ...] = (
    ("not_day", "zh", _swap("reviewed = 2026-11-23", 'reviewed = "autumn"'), 'reviewed = "autumn"'),
    (
        "article_line",
        "en",
        _swap('title = "', 'title = "All that anybody should ever know about it: '),
        "title =",
    ),
    (
        "article_length",
        "zh",
        lambda text: text[: text.index("## 今晚")] + "## 完\n\n没了。\n",
        "报到那天",
    ),
    (
        "article_link",
        "en",
        _swap("skill:breathing_minute", "skill:breathing_hour"),
        "breathing_hour",
    ),
    ("article_markup", "en", _swap("That's homesickness.", "<b>That's</b> it."), "<b>"),
    ("article_shape", "zh", lambda text: text.replace("\n## ", "\n"), "报到那天"),
    (
        "no_situation",
        "en",
        _swap("situations = []", 'situations = ["moving.no_such"]'),
        "situations",
    ),
    (
        "no_source",
        "zh",
        lambda text: text[: text.index("[[source]]")] + text[text.rindex("+++") :],
        "",
    ),
    (
        "article_old",
        "en",
        _swap("reviewed = 2026-11-23", "reviewed = 2024-01-01"),
        "reviewed = 2024-01-01",
    ),
    ("article_differs", "en", _swap('shelf = "people"', 'shelf = "study"'), "shelf ="),
)


def write_article(root: Path, code: str, language: str, edit: Edit) -> None:
    """Both languages of a copy, with the mistake in one."""
    for name, text in documented_articles("content.md").items():
        place = root / name.replace(ARTICLE, f"case_{code}")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(edit(text) if name.startswith(language) else text, encoding="utf-8")
