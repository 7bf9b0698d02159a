"""What a wish asks for that was learned to be one: looser words than a pattern's tell which."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from qingting.companion.person import Language
from qingting.companion.recall.search import index_of
from qingting.companion.remember.item import OWN_WORDS, Found
from qingting.companion.remember.learned import note_of
from qingting.companion.remember.ledger import enter
from qingting.companion.remember.patterns import Example, patterns
from qingting.companion.remember.wishes import wished

LANGUAGES: tuple[Language, ...] = ("zh", "en")
EXAMPLES = [
    (language, example)
    for language in LANGUAGES
    for wish in patterns(language).wishes
    for example in wish.examples
]


@pytest.mark.parametrize(("language", "example"), EXAMPLES)
def test_every_wish_is_told_by_its_words(language: Language, example: Example) -> None:
    known = patterns(language)
    found = wished(example.said, note_of(example.said, language, known.turned), known)
    assert (found.about, found.says) == (example.about, example.says)


@pytest.mark.parametrize(
    ("language", "text", "never"),
    [
        ("en", "remind me to breathe when i start ranting", "no_exercises"),
        ("en", "you can ask me whatever you like", "no_questions"),
        ("en", "give me your honest advice always", "no_advice"),
        ("zh", "你可以多带我做呼吸练习", "no_exercises"),
        ("zh", "你多问问我，我不知道从哪说起也没关系", "avoid"),
        ("en", "don't skip the breathing exercises with me", "no_exercises"),
        ("en", "keep doing the breathing with me, don't skip it", "no_exercises"),
        ("en", "can you ask me more questions, not less", "no_questions"),
        ("en", "never stop asking about my cutting", "avoid"),
        ("en", "don't ignore it when i mention my self harm", "avoid"),
        ("en", "i dont mind you asking about my dad", "avoid"),
        ("en", "just tell me what to do", "no_advice"),
        ("en", "please don't talk to me in english", "language"),
        ("en", "please dont use he for me", "pronouns"),
        ("en", "please don't say Daniel when you talk to me", "name"),
        ("en", "i'm Muslim so be careful with jokes please", "name"),
        ("zh", "别停，继续问我", "no_questions"),
        ("zh", "不要怕问我问题", "no_questions"),
        ("zh", "别怕跟我提自杀", "avoid"),
        ("zh", "你别老说她，我不想听", "pronouns"),
        ("zh", "不用多说，陪着我就好", "long"),
        ("zh", "回我的时候别写那么详细", "long"),
        ("zh", "回我不要这么简短", "short"),
    ],
)
def test_a_wish_for_a_thing_is_none_against_it(language: Language, text: str, never: str) -> None:
    assert wished(text, text, patterns(language)).about.split("/")[0] != never


@pytest.mark.parametrize(
    ("language", "text"), [("en", "clap for me when i manage it"), ("zh", "我哭的时候你陪着就是了")]
)
def test_any_other_wish_is_kept_in_their_own_words(language: Language, text: str) -> None:
    found = wished(text, text, patterns(language))
    assert found.about.startswith(f"{OWN_WORDS}/")
    assert found.says == text


def test_what_was_learned_to_be_a_wish_is_followed_once_it_was_heard_again() -> None:
    now = datetime(2026, 11, 18, 2, 37, tzinfo=UTC)
    wish = Found("preference", "no_advice", "no advice", "no fixing", 0, 9, "en", confidence=0.65)
    once = enter([], [wish], turn="a", now=now, ids=["1" * 32])
    assert index_of(once.new).preferences() == []
    again = enter(once.new, [wish], turn="b", now=now, ids=["2" * 32])
    assert [one.about for one in index_of(again.changed).preferences()] == ["no_advice"]
