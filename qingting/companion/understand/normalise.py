"""Undoes the ways of writing that hide a word: split letters, homophones, initials, masks.

What counts as a respelling is data (content/lexicon/respell.toml and coded.toml), with both lives
of a word where it has two. Nothing here decides about danger; it only makes words readable.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from qingting.companion.understand.clean import Clean, has_han
from qingting.companion.understand.disguise import lettered, uncovered
from qingting.companion.understand.glued import parted
from qingting.companion.understand.lexicon import table
from qingting.companion.understand.lookalikes import FLAG_LETTERS
from qingting.companion.understand.pinyin import spelled_out
from qingting.companion.understand.respell import respelled

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
# Marks that end or pause a sentence are not tricks: they stay, so that two thoughts stay two.
_PAUSE: Final = r",。!?;:、\n…()\[\]\"“”‘’《》「」"
# Anything else, a few marks, between two Chinese characters: 自.杀, 自 杀, 自🔪杀, 自_杀.
_SPLIT_HAN: Final = re.compile(rf"(?<=[{_HAN}])(?:[^\w{_PAUSE}]|_){{1,8}}(?=[{_HAN}])")
# The same mark between single characters, three or more in a row: s u i c i d e, 不,想,活.
_SPLIT_RUN: Final = re.compile(
    rf"(?<![a-z0-9'])[a-z0-9{_HAN}]([^\w\n]|_)\1{{0,2}}[a-z0-9{_HAN}]"
    rf"(?:\1{{1,3}}[a-z0-9{_HAN}])+(?![a-z0-9'])"
)
# One character a line, typed down the page.
_COLUMN: Final = re.compile(rf"^[a-z{_HAN}](?:\n+[a-z{_HAN}])+$", re.MULTILINE)
# Changing marks between single letters: s-u.i*c_i.d-e.
_SPLIT_ANY: Final = re.compile(r"(?<![a-z'])[a-z](?:(?:[^\w\s']|_){1,3}[a-z]){2,}(?![a-z'])")
# Brackets around one character: 自(杀), [k][m][s].
_BOXED: Final = re.compile(rf"[(\[{{<【]([a-z{_HAN}])[)\]}}>】]")
# A line so short that it only carries the line before it on: 不想 / 活了, i want to / die.
_CARRIED_HAN: Final = re.compile(rf"(?<=[{_HAN}])\n+(?=[{_HAN}]{{1,4}}[。!~.]*(?:\n|$))")
_CARRIED: Final = re.compile(r"(?<=[a-z])\n+(?=[a-z' ]{1,24}[.!]*(?:\n|$))")
# Marks between whole words: i.want.to.die, dont. want. 2. live.
_DOTTED: Final = re.compile(r"(?<![\w.])[a-z']{1,12}(?:[._/|][a-z0-9']{1,12}){2,}(?![a-z])")
_STACCATO: Final = re.compile(r"(?<!\S)(?:[a-z0-9']{1,8}[.!] ){2,}[a-z0-9']{1,8}(?![a-z])")
_CLOSE: Final = re.compile(r"\S \S")
_MARK: Final = re.compile(r"[\W_]+")
# Letters of one word held long, and flags in a row: dieeee, 🇰🇲🇸.
_STRETCHED: Final = re.compile(r"([a-z])\1{2,}")
_FLAGS: Final = re.compile("[\U0001f1e6-\U0001f1ff](?:[^\\w\n]?[\U0001f1e6-\U0001f1ff]){2,}")
_BLANKS: Final = re.compile(r"(?<=[^\s])[ \t]{2,}(?=[a-z])")
_MIXED: Final = re.compile(
    rf"(?<=[{_HAN}])[a-z][a-z']{{2,20}}|(?<![a-z'])[a-z][a-z']{{2,20}}(?=[{_HAN}])"
)


def views(clean: Clean) -> tuple[Clean, ...]:
    """The text as one reader after another would read it: one view, or up to three where marks or
    line ends were put between letters or words. Each is to be searched; the worst reading counts,
    so that what one view joins wrongly another still keeps apart."""
    clean = _one_to_one(clean)
    tight = _tightened(clean)
    carried = _carried(tight)
    seen = [_plain(clean)]
    for closer in (carried,) if carried is tight else (carried, tight):
        view = seen[0] if closer is clean else _plain(closer)
        if all(view.text != other.text for other in seen):
            seen.append(view)
    return tuple(seen)


def pinyin_is_chinese(clean: Clean) -> bool:
    """True when a text without Chinese characters reads as Chinese once respelled."""
    return not has_han(clean.text) and has_han(respelled(clean, "chinese").text)


def _tightened(clean: Clean) -> Clean:
    """Marks between letters taken away, never the end of a sentence; the very same object where
    there are none."""
    tight = clean.rewrite(_BOXED, lambda match: match[1]).rewrite(_COLUMN, _letters_only)
    tight = tight.rewrite(_SPLIT_RUN, _letters_only).rewrite(_SPLIT_ANY, _letters_only)
    return tight.rewrite(_SPLIT_HAN, _nothing)


def _carried(clean: Clean) -> Clean:
    """Short lines and one-word sentences joined; the very same object where there are none."""
    joined = clean.rewrite(_CARRIED_HAN, _nothing).rewrite(_CARRIED, lambda _: " ")
    return joined.rewrite(_DOTTED, _spaced).rewrite(_STACCATO, _spaced)


def _letters_only(match: re.Match[str]) -> str:
    run = match[0]
    # i  w a n t  t o: where blanks of two lengths are used, the longer ones part the words.
    if "  " in run and _CLOSE.search(run):
        return re.sub(r" {2,}", "\0", run).replace(" ", "").replace("\0", " ")
    return _MARK.sub("", run)


def _spaced(match: re.Match[str]) -> str:
    return _MARK.sub(" ", match[0].replace("'", "\0")).replace("\0", "'")


def _nothing(_: re.Match[str]) -> str:
    return ""


def _plain(clean: Clean) -> Clean:
    shorter = uncovered(lettered(clean.rewrite(_FLAGS, _flag_letters)))
    shorter = shorter.rewrite(_BLANKS, lambda _: " ").rewrite(_STRETCHED, lambda match: match[1])
    shorter = parted(shorter)
    chinese = respelled(spelled_out(shorter), "chinese")
    # English words are looked for between word edges, which Chinese characters do not give.
    return respelled(chinese.rewrite(_MIXED, lambda match: f" {match[0]} "), "english")


def _flag_letters(match: re.Match[str]) -> str:
    return _MARK.sub("", match[0].translate(FLAG_LETTERS))


def _one_to_one(clean: Clean) -> Clean:
    """Fancy characters for the plain ones they are drawn from: 莪想迉 for 我想死."""
    fancy = _fancy()
    if fancy.keys().isdisjoint(clean.text):
        return clean
    return Clean("".join(fancy.get(one, one) for one in clean.text), clean.starts, clean.ends)


@lru_cache(maxsize=1)
def _fancy() -> dict[str, str]:
    return dict(table("respell")["fancy"])
