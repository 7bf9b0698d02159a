"""How much an earlier word of the person has to do with what they say now: by shared words, nothing
learned. Enough to tell "still eight points short" from "my roommate is loud"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from qingting.companion.person import Language

_HAN: Final = re.compile(r"[一-鿿]+")
_WORD: Final = re.compile(r"[a-z]{4,}")
# Pairs and words that are in everything and bind nothing together.
_PAIRS: Final = (
    "我的就是不是没有什么时候的时这个那个一个他们我们自己觉得感觉知道今天现在真的还是可以"
    "因为所以但是然后其实每天不想我就我不我也是我我是了我我在我想我说说我我都都不也不不会"
    "有点一下怎么这么那么已经后来以前之前的人有人我觉我没没人不知还有我还我最一直"
)
_WORDS: Final = (
    "that this with just have what when they like been about from there them then would could "
    "really because know said want going thing things even some still never always more into only "
    "were your than dont didnt cant think feel back make made time people every everyone anything "
    "something nothing much very much where which also after before again right maybe kind being"
)
_EVERYWHERE: Final = frozenset(re.findall("..", _PAIRS)) | frozenset(re.findall("[a-z]+", _WORDS))


def shared(earlier: str, now: str, language: Language) -> int:
    """How many telling words two texts share: pairs of 汉字, or English words of four letters."""
    return len(_telling(earlier, language) & _telling(now, language))


def related(
    earlier: str, about: str | None, now: str, topics: Iterable[str], language: Language
) -> bool:
    """Whether an earlier word and what is said now are about the same: only then are the two put
    side by side. about: the topic of the earlier one, topics: those of now."""
    return (about is not None and about in topics) or shared(earlier, now, language) > 0


def _telling(text: str, language: Language) -> set[str]:
    if language == "en":
        return set(_WORD.findall(text.lower().replace("'", ""))) - _EVERYWHERE
    pairs = {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
    return pairs - _EVERYWHERE
