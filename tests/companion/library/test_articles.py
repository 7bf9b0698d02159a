"""Articles: read from their files, a broken one alone is lost; and how long they take."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.library.article import SHELVES, read
from qingting.companion.library.asking import asked_for, fresh_loss, wants_reading
from qingting.companion.library.minutes import length, minutes
from qingting.companion.library.shelf import articles
from qingting.companion.understand.lexicon import table
from qingting.companion.words.bank import ContentError
from qingting.content_check.folder import LANGUAGES
from tests.cli.broken_articles import documented_articles
from tests.content_elsewhere import ReadFrom

EXAMPLES = documented_articles("content.md")


def test_both_languages_have_the_same_articles_shelf_by_shelf() -> None:
    found = [articles(language) for language in LANGUAGES]
    assert found[0].keys() == found[1].keys()
    assert found[0]
    for one in found:
        order = [SHELVES.index(article.shelf) for article in one.values()]
        assert order == sorted(order)


def test_a_broken_file_costs_only_itself_and_is_logged_by_its_name_alone(
    tmp_path: Path, read_content_from: ReadFrom, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "zh" / "library"
    folder.mkdir(parents=True)
    whole = EXAMPLES["zh/library/homesick.md"]
    (folder / "whole.md").write_text(whole, encoding="utf-8")
    broken = {
        "no_head.md": "只有正文。\n",
        "no_toml.md": whole.replace("title =", "title"),
        "no_shelf.md": whole.replace('shelf = "people"', 'shelf = "attic"'),
        "no_body.md": whole[: whole.rindex("+++") + 3],
    }
    for name, text in broken.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "no_text.md").write_bytes(b"+++\n\xff\n+++\n")
    read_content_from(tmp_path)
    with caplog.at_level(logging.ERROR):
        assert list(articles.__wrapped__("zh")) == ["whole"]
    assert articles.__wrapped__("en") == {}
    logged = "\n".join(record.getMessage() for record in caplog.records)
    assert all(f"zh/{name}" in logged for name in (*broken, "no_text.md"))
    assert "只有正文" not in logged


@given(st.text(max_size=200), st.sampled_from(sorted(EXAMPLES)), st.integers(0, 2000))
def test_whatever_stands_in_a_file_it_is_read_or_refused(text: str, name: str, at: int) -> None:
    whole = EXAMPLES[name]
    for written in (text, whole[:at] + text + whole[at:]):
        try:
            assert read("one", written).body.strip()
        except ContentError:
            continue


def test_minutes_are_rounded_up_and_where_a_link_leads_is_not_read() -> None:
    made = read("one", EXAMPLES["en/library/homesick.md"])
    assert length("看[这一页](skill:breathing_minute)，两遍", "zh") == 6
    assert length("see [this page](skill:breathing_minute) twice, don't", "en") == 5
    from dataclasses import replace

    for words, expected in ((1, 1), (200, 1), (201, 2), (600, 3), (601, 4)):
        assert minutes(replace(made, body="word " * words), "en") == expected
    assert minutes(replace(made, body="字" * 601), "zh") == 3


def test_what_the_lexicon_says_is_heard_is_heard() -> None:
    for part, hears in (("wants", wants_reading), ("fresh", fresh_loss)):
        for heard in (True, False):
            for text in table("library")[part]["yes" if heard else "no"]:
                assert hears(text) is heard, text


def test_the_question_of_an_article_leads_to_it_and_to_no_other() -> None:
    for language in LANGUAGES:
        asks = [(ask, one.slug) for one in articles(language).values() for ask in one.when.asks]
        led = [(asked_for(ask, language), slug) for ask, slug in asks]
        assert [one for one in led if one[0] is not None and one[0].slug != one[1]] == []
        # Two articles may ask the same in other words; then neither is handed over.
        assert sum(one is not None for one, _ in led) >= 0.95 * len(asks)
