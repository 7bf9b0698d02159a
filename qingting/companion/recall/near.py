"""How much an earlier word of the person has to do with what they say now: by shared words, nothing
learned. Enough to tell "still eight points short" from "my roommate is loud"."""

from __future__ import annotations

import re
from typing import Final

from qingting.companion.person import Language

_HAN: Final = re.compile(r"[一-鿿]+")
_WORD: Final = re.compile(r"[a-z]{4,}")
# Pairs and words that are in everything and bind nothing together.
_EVERYWHERE: Final = frozenset(
    "我的 就是 不是 没有 什么 时候 的时 这个 那个 一个 他们 我们 自己 觉得 感觉 知道 今天 现在 真的 还是 可以 "
    "因为 所以 但是 然后 其实 每天 不想 我就 我不 我也 是我 我是 了我 我在 我想 我说 说我 我都 都不 也不 不会 "
    "有点 一下 怎么 这么 那么 已经 后来 以前 之前 的人 有人 我觉 我没 没人 不知 还有 我还 我最 一直 "
    "that this with just have what when they like been about from there them then would could really "
    "because know said want going thing things even some still never always more into only were your "
    "than dont didnt cant think feel back make made time people every everyone anything something "
    "nothing much very much where which also after before again right maybe kind sort being".split()
)


def shared(earlier: str, now: str, language: Language) -> int:
    """How many telling words two texts share: pairs of 汉字, or English words of four letters."""
    return len(_telling(earlier, language) & _telling(now, language))


def _telling(text: str, language: Language) -> set[str]:
    if language == "en":
        return set(_WORD.findall(text.lower().replace("'", ""))) - _EVERYWHERE
    pairs = {run[i : i + 2] for run in _HAN.findall(text) for i in range(len(run) - 1)}
    return pairs - _EVERYWHERE
