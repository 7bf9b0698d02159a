"""What a wish asks for that was learned to be one: looser words than a pattern's tell which."""

from __future__ import annotations

import pytest

from qingting.companion.person import Language
from qingting.companion.recall.recollection import Preference, Wishes, wishes_of
from qingting.companion.remember.item import OWN_WORDS
from qingting.companion.remember.learned import note_of
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


def test_tone_and_other_wishes_reach_a_model_as_they_were_put() -> None:
    wishes = wishes_of(
        [
            Preference("1", "tone", "", False, "not so cheerful"),
            Preference("2", f"{OWN_WORDS}/clap for me", "", True, "clap for you"),
            Preference("3", "language/easy words", "", False, "easy words"),
            Preference("4", "language", "", False, "en"),
        ]
    )
    assert wishes.tone == "not so cheerful"
    assert wishes.own_words == ("clap for you", "easy words")
    assert wishes.rests_on[OWN_WORDS] == ("2", "3")
    assert OWN_WORDS in wishes.local
    assert Wishes().tone == ""
