"""The messages a model is given: who it is, what this reply should do, and what was said.

Built from authored text (content/<language>/model). Everything a person wrote goes through the
mask of this turn first when the model is hosted elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any, Final

from qingting.companion.person import Language
from qingting.companion.ports import ChatMessage
from qingting.companion.reply.model.memories import Told, names_in, told
from qingting.companion.voice.now import words_now
from qingting.companion.words.bank import bank, read_toml
from qingting.companion.work import Work

# Messages of the past that go along: enough to talk sensibly, the same at turn 20 and at turn 200.
_RECENT: Final = 12
_NOTHING: Final[dict[Language, str]] = {"zh": "（没有）", "en": "(nothing)"}


def messages_for(
    work: Work, mask: Callable[[str], str], memories: Sequence[Told] = ()
) -> list[ChatMessage]:
    """System prompt, recent messages, and the message to answer. memories: from `memories_of`."""
    sent = [ChatMessage("system", _system(work, mask, memories))]
    for heard in work.state.history[-_RECENT:]:
        if heard.speaker == "person":
            sent.append(ChatMessage("user", mask(heard.text)))
        else:
            sent.append(ChatMessage("assistant", mask(heard.text)))
    sent.append(ChatMessage("user", mask(work.message.text)))
    return sent


def memories_of(work: Work, *, hosted: bool) -> list[Told]:
    """What of all that is remembered the model is told. hosted: whether it is elsewhere."""
    _, parts = _authored(work.language)
    wishes = {
        key.removeprefix("wish."): words for key, words in parts.items() if key.startswith("wish.")
    }
    return told(work, wishes, hosted=hosted)


def texts_of(work: Work, memories: Sequence[Told] = ()) -> list[str]:
    """Everything of this turn that a person or a reply said and that would be sent."""
    remembered = [work.recalled.quote] if work.recalled else []
    return [
        *names_in(memories),
        *(one.line for one in memories),
        *(heard.text for heard in work.state.history[-_RECENT:]),
        *remembered,
        work.message.text,
    ]


def _system(work: Work, mask: Callable[[str], str], memories: Sequence[Told]) -> str:
    template, parts = _authored(work.language)
    plan = work.plan
    wanted = [f"stage.{plan.stage}", f"skill.{plan.skill}"]
    if plan.second is not None:
        wanted.append(f"skill.{plan.second}")
    if work.state.listen_only:
        wanted.append("listen_only")
    if not work.protection.may_offer or plan.offer in (None, "article"):
        wanted.append("no_offer")
    instructions = [parts[key] for key in wanted if key in parts]
    nothing = _NOTHING[work.language]
    earlier = [f"“{work.recalled.quote}”"] if work.recalled else []
    known = "".join(f"\n- {mask(line)}" for line in (*earlier, *(one.line for one in memories)))
    return (
        template.replace("{plan}", "\n".join(f"- {line}" for line in instructions) or nothing)
        .replace("{feelings}", _feelings(work) or nothing)
        .replace("{memories}", known or nothing)
        .replace("{length}", parts.get(f"length.{plan.length}", ""))
        .replace("{persona}", _persona(work, parts) or nothing)
    )


def _persona(work: Work, parts: Mapping[str, str]) -> str:
    """How it is to sound: as the voice of the plan says of itself, and plain wherever that is."""
    voice = words_now(work)
    return parts.get("persona.plain", "") if voice is None else voice.model.strip()


def _feelings(work: Work) -> str:
    words = bank(work.language)
    names = [
        words.lines("moves", "feelings", read.label, "names") for read in work.reading.feelings[:3]
    ]
    return ("、" if work.language == "zh" else ", ").join(name[0] for name in names if name)


@cache
def _authored(language: Language) -> tuple[str, dict[str, str]]:
    folder = resources.files("qingting.content") / language / "model"
    template = (folder / "system.md").read_text(encoding="utf-8")
    return template, _flat(read_toml(folder / "plan.toml"))


def _flat(data: dict[str, Any], above: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for key, value in data.items():
        path = f"{above}.{key}" if above else key
        flat |= _flat(value, path) if isinstance(value, dict) else {path: value}
    return flat
