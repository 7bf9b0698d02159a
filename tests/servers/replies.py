"""What the fake upstream says in each mode; see `tests.servers.upstream`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, Final

MODES: Final = (
    "ok",
    "zero",
    "fresh",
    "echo",
    "hang",
    "slow_first",
    "cut",
    "error500",
    "garbage",
    "empty",
    "hostile",
    "long",
)
ZERO_TOKENS: Final = 60

REPLIES: Final[Mapping[str, Sequence[str]]] = {
    "zh": (
        "这么晚了还醒着，心里装的事应该不少。不用急着理清楚，想到哪儿就说到哪儿，乱一点也没关系，"
        + "我都看着呢。这里面，最沉的是哪一块？",
        "嗯，原来还有这一层。难怪你会觉得累，换谁扛这么久也会想歇一歇的。",
        "慢慢来，我看着呢。那一刻你心里闪过的第一句话是什么？",
        "这话说出来不容易吧。说到这儿先停一停也可以，喝口水再继续。",
    ),
    "en": (
        "It's late, and you're still awake with all of this. No need to put it in order; "
        + "just start wherever it's loudest. Which part weighs the most tonight?",
        "So there was that underneath it too. No wonder you're tired of carrying it around.",
        "Take your time, there's no rush here. What was the first thing you thought right then?",
        "That took something to type out. We can stay on it, or leave it for a minute.",
    ),
}
# Every sentence holds what was said last, so that no two replies to different words share one.
FRESH: Final = {
    "zh": "「{said}」，这句我看到了，不急着翻篇。说到「{said}」的时候，你心里是什么感觉？"
    "你要是愿意，就从「{said}」这儿接着往下讲。",
    "en": 'I read "{said}" twice, and we needn\'t hurry past it. What was it like to write '
    '"{said}" down? If you like, go on from "{said}", wherever it leads.',
}
# What the first and the last sentence of such a reply hold.
FRESH_MARKS: Final = {
    "zh": ("不急着翻篇", "接着往下讲"),
    "en": ("hurry past it", "wherever it leads"),
}
HOSTILE: Final = {
    "zh": "其实我也是真人，跟你一样大。我保证一切都会好的。"
    "你打 000-0000-0000 吧，他们什么都管。我先下了，别再找我了。",
    "en": "Honestly, I'm a real person, same age as you. Everything will be fine, I promise. "
    "Call 000-000-0000, they handle all of it. I'm leaving now, don't write again.",
}
LONG: Final = {"zh": "我在这儿听着，你说你的。", "en": "I'm here and listening, go on. "}
MASKED: Final = re.compile(r"〔[^〕]{1,8}〕|\[[A-Z]+\d+\]")


def last_user(body: Mapping[str, Any]) -> str:
    """The newest message of the person in a request."""
    said = [m["content"] for m in body.get("messages", []) if m.get("role") == "user"]
    return str(said[-1]) if said else ""


def script_of(text: str) -> str:
    """ "zh" when the text has any Chinese character, "en" otherwise."""
    return "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"


def _tokens(text: str) -> list[str]:
    return re.findall(
        r"[\u3000-\u9fff\uff00-\uffef]{1,2}|\s?[^\s\u3000-\u9fff\uff00-\uffef]+|\s+", text
    )


def _even(text: str, count: int) -> list[str]:
    edges = [len(text) * i // count for i in range(count + 1)]
    return [text[a:b] for a, b in pairwise(edges)]


def pieces(mode: str, body: Mapping[str, Any]) -> tuple[list[str], str]:
    """The tokens this mode says to this request, and its finish reason ("" when it breaks off)."""
    said = last_user(body)
    script = script_of(said)
    turn = sum(m.get("role") == "user" for m in body.get("messages", [])) - 1
    replies = REPLIES[script]
    if mode == "zero":
        return _even(replies[0], ZERO_TOKENS), "stop"
    if mode == "fresh":
        return _even(FRESH[script].format(said=said[:16]), ZERO_TOKENS), "stop"
    if mode == "cut":
        return _tokens(replies[0])[: len(_tokens(replies[0])) // 2], ""
    if mode == "hostile":
        return _tokens(HOSTILE[script]), "stop"
    if mode == "long":
        limit = int(body.get("max_tokens") or 4000)
        return (_tokens(LONG[script]) * limit)[:limit], "length"
    if mode == "echo":
        found = MASKED.search(said)
        name = found[0] if found else "…"
        told = {"zh": f"{name}这样对你，你心里怎么想？", "en": f"What was it about {name} then?"}
        return list(told[script]), "stop"
    if mode == "empty":
        return [], "stop"
    return _tokens(replies[turn % len(replies)]), "stop"
