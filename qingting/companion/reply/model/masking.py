"""Hides who and where before text goes to a model elsewhere, and puts it back into the answer.

A name becomes 〔人名1〕 in Chinese text and [NAME1] in English; the number belongs to the name, in
every message of the turn and in both languages. Only what `hide` finds is hidden: it is a second
fence, not a promise that nobody can be recognised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from qingting.companion.reply.model.hide import Found, Kind, find_all, without_overlaps
from qingting.companion.reply.model.hide.found import plain, words

_LABELS: Final[dict[Kind, tuple[str, str]]] = {
    "name": ("人名", "NAME"),
    "phone": ("电话", "PHONE"),
    "email": ("邮箱", "EMAIL"),
    "account": ("账号", "ACCOUNT"),
    "url": ("网址", "LINK"),
    "id": ("证件", "ID"),
    "school": ("学校", "SCHOOL"),
    "address": ("地址", "ADDRESS"),
}
_KINDS: Final = {label: kind for kind, both in _LABELS.items() for label in both}
# Models change brackets, case and spaces when they say a token back.
_TOKEN: Final = re.compile(
    rf"[〔\[【（(〈<]\s?(?P<label>{'|'.join(_KINDS)})[\s_]?(?P<number>\d{{1,4}})\s?[〕\]】）)〉>]",
    re.IGNORECASE,
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
# Looked for again wherever they stand once they are known; the others are found by their form.
_BY_HEART: Final = frozenset[Kind]({"name", "school", "id", "account"})
_SHORTEST: Final = 2


def has_token(text: str) -> bool:
    """Whether a token is left in a text that was unmasked: the model made one up. Such a
    sentence must not be shown."""
    return _TOKEN.search(text) is not None


class Masker:
    """The `Masking` of one turn. Make one, `learn` every text of the turn, then `mask` each."""

    def __init__(self) -> None:
        self._originals: dict[tuple[Kind, int], str] = {}
        self._numbers: dict[tuple[Kind, str], int] = {}
        self._taken: dict[Kind, int] = dict.fromkeys(_LABELS, 0)
        self._found: dict[str, list[Found]] = {}
        self._known: re.Pattern[str] | None = None
        self._known_kinds: dict[str, Kind] = {}

    def learn(self, texts: Iterable[str]) -> None:
        """Take note of what is to be hidden, so that a name told in a later message is hidden
        in the earlier ones as well."""
        for text in texts:
            for found in self._find(text):
                self._number(found.kind, text[found.start : found.end])

    def mask(self, text: str) -> str:
        """The text with everything found in it, or known from texts before, as tokens.

        Masking twice is the same as once: tokens are left as they are.
        """
        kept = list(_TOKEN.finditer(text))
        for token in kept:
            self._reserve(token)
        self.learn([text])
        pieces: list[str] = []
        end = 0
        for found in self._all_in(text):
            if any(found.start < t.end() and t.start() < found.end for t in kept):
                continue
            original = text[found.start : found.end]
            pieces += text[end : found.start], self._token(found.kind, original, text)
            end = found.end
        return "".join([*pieces, text[end:]])

    def unmask(self, text: str) -> str:
        """The tokens of this turn turned back; others are left (see `has_token`). Give it whole
        sentences: a token torn in two is none."""
        return _TOKEN.sub(self._original, text)

    def _all_in(self, text: str) -> list[Found]:
        """What is found by rule and what is known by heart; where both claim, the longer."""
        return without_overlaps([*self._find(text), *self._by_heart(text)])

    def _find(self, text: str) -> list[Found]:
        """Once for each text of the turn: it is learned first and masked later."""
        if text not in self._found:
            self._found[text] = find_all(text)
        return self._found[text]

    def _by_heart(self, text: str) -> list[Found]:
        if self._known is None:
            self._known = self._known_pattern()
        return [
            # A few letters (İ) match in another case without folding to the same key.
            Found(*match.span(), self._known_kinds.get(_key(match[0]), "name"))
            for match in self._known.finditer(plain(text))
        ]

    def _known_pattern(self) -> re.Pattern[str]:
        self._known_kinds = {
            key: kind for kind, key in self._numbers if kind in _BY_HEART and len(key) >= _SHORTEST
        }
        ordered = sorted(self._known_kinds, key=len, reverse=True)
        return re.compile("|".join(map(_occurrence, ordered)) or r"(?!)")

    def _number(self, kind: Kind, original: str) -> int:
        key = _key(plain(original))
        if (kind, key) not in self._numbers:
            self._taken[kind] += 1
            self._numbers[kind, key] = self._taken[kind]
            self._originals[kind, self._taken[kind]] = original
            self._known = None
        return self._numbers[kind, key]

    def _token(self, kind: Kind, original: str, text: str) -> str:
        chinese, english = _LABELS[kind]
        number = self._number(kind, original)
        return f"〔{chinese}{number}〕" if _HAN.search(text) else f"[{english}{number}]"

    def _reserve(self, token: re.Match[str]) -> None:
        """Somebody typed what looks like a token; never give its number to a real name."""
        kind = _KINDS[token["label"].upper()]
        if (kind, int(token["number"])) not in self._originals:
            self._taken[kind] = max(self._taken[kind], int(token["number"]))

    def _original(self, token: re.Match[str]) -> str:
        number = int(token["number"])
        return self._originals.get((_KINDS[token["label"].upper()], number), token[0])


def _key(original: str) -> str:
    """Under what a thing is known: "Jake" and "jake" are one."""
    return original.casefold()


def _occurrence(key: str) -> str:
    """The pattern of a known thing in running text."""
    escaped = re.escape(key)
    if _HAN.search(key):
        return escaped
    is_word = key in words("en", "also_words")
    escaped = re.escape(key.capitalize()) if is_word else f"(?i:{escaped})"
    return f"(?<![A-Za-z0-9]){escaped}(?![A-Za-z0-9])"
