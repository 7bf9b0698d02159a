"""What comes to mind: by meaning, by name, by time; the same after it was packed."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from qingting.companion.recall.search import Index, index_of, unpack
from qingting.companion.remember.item import Item, Kind, Source

NOW = datetime(2026, 11, 18, 23, 40, tzinfo=UTC)


def item(
    number: int,
    kind: Kind,
    about: str,
    says: str,
    *,
    days_ago: int = 3,
    language: str = "zh",
    **more: object,
) -> Item:
    at = NOW - timedelta(days=days_ago)
    return Item(
        id=f"{number:032x}",
        kind=kind,
        about=about,
        says=says,
        quote=says,
        language="zh" if language == "zh" else "en",
        sources=(Source("t", 0, len(says), at),),
        **more,  # type: ignore[arg-type]
    )


HELD = [
    item(1, "person", "弟弟/name", "弟弟叫小宇", value="小宇"),
    item(2, "helped", "散步", "散步有用"),
    item(3, "goal", "考研", "想考上海的研究生"),
    item(4, "trigger", "晚上", "一到晚上就难受"),
    item(5, "preference", "name", "叫你阿雨", value="阿雨"),
    item(6, "person", "brother/name", "your brother is Tom", language="en", value="Tom"),
    item(7, "helped", "running", "running helps", language="en"),
]


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("小宇今天又没理我", "弟弟/name"),
        ("弟弟说他不想回家", "弟弟/name"),
        ("研究生还考不考，我有点动摇了", "考研"),
        ("tom just hung up on me", "brother/name"),
        ("went for a run again and it was ok", "running"),
    ],
)
def test_what_has_to_do_with_it_comes_first(text: str, about: str) -> None:
    first = index_of(HELD).search(text, NOW)[0]
    assert first.about == about


def test_packed_and_opened_it_finds_the_same() -> None:
    index = index_of(HELD)
    again = unpack(*index.pack())
    assert again is not None
    assert again.entries == index.entries
    text = "弟弟又跟我吵"
    assert again.search(text, NOW) == index.search(text, NOW)


def test_another_encoder_means_it_is_made_again() -> None:
    head, body = index_of(HELD).pack()
    assert unpack(head.replace("usem3", "usem9"), body) is None
    assert unpack(head, body[:-2]) is None


def test_only_what_changed_is_encoded_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    from qingting.companion.recall import search

    index, asked = index_of(HELD), []
    real = search.vectors

    def counted(texts: list[str]) -> object:
        asked.extend(texts)
        return real(texts)

    monkeypatch.setattr(search, "vectors", counted)
    new = item(9, "goal", "跑步", "打算每天跑步")
    later = index.after([new])
    assert len(asked) == 1
    assert {entry.id for entry in later.entries} == {*(one.id for one in HELD), new.id}
    whole = {one.id: tuple(one_row) for one, one_row in _rows(index_of([*HELD, new]))}
    assert {one.id: tuple(row) for one, row in _rows(later)} == whole


def _rows(index: Index) -> zip:  # type: ignore[type-arg]
    assert index.matrix is not None
    return zip(index.entries, index.matrix.tolist(), strict=True)


def test_what_is_superseded_or_over_does_not_come_to_mind() -> None:
    from dataclasses import replace

    over = item(
        8,
        "event",
        "面试",
        "面试",
        on=date(2026, 6, 1),
        until=date(2026, 6, 1),
        expires=date(2026, 7, 31),
    )
    index = index_of([*HELD[1:], replace(HELD[0], standing="superseded"), over])
    found = {one.about for one in index.search("弟弟问我面试怎么样", NOW, most=20)}
    assert "弟弟/name" not in found
    assert "面试" not in found


def test_of_two_alike_the_later_one_comes_first() -> None:
    old = item(1, "helped", "听歌", "听歌有用", days_ago=300)
    new = item(2, "helped", "听歌", "听歌有用", days_ago=1)
    assert index_of([old, new]).search("我想听歌", NOW)[0].id == new.id


def test_without_an_encoder_names_still_find(monkeypatch: pytest.MonkeyPatch) -> None:
    from qingting.companion.recall import search

    monkeypatch.setattr(search, "vectors", lambda texts: None)
    index = index_of(HELD)
    assert index.matrix is None
    assert index.search("小宇哭了", NOW)[0].about == "弟弟/name"
    assert unpack(*index.pack()) == index


def test_any_text_at_all_is_searched() -> None:
    index, chance = index_of(HELD), random.Random(7)
    for _ in range(200):
        text = "".join(chr(chance.randrange(1, 0xFFFF)) for _ in range(chance.randrange(40)))
        assert len(index.search(text, NOW)) <= 8


def test_a_name_inside_another_word_names_nobody() -> None:
    index = index_of(HELD)
    [tom] = [one for one in index.search("see you tomorrow", NOW, most=9) if one.value == "Tom"]
    assert not tom.named
    [tom] = [one for one in index.search("Tom's at it again", NOW, most=9) if one.value == "Tom"]
    assert tom.named
