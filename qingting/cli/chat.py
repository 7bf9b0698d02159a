"""qingting chat: talk in the terminal. Nothing is stored."""

from __future__ import annotations

import asyncio
import locale
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape

from qingting.cli.scripted import InMemory
from qingting.companion.events import Done, Notice, Pinned, ToRead, VoiceChanged, Words
from qingting.companion.message import Message
from qingting.companion.parts import Parts
from qingting.companion.person import Language, Person
from qingting.companion.policy import Policy
from qingting.companion.ports import ChatModel
from qingting.companion.turn import turn
from qingting.companion.voice.labels import label_for
from qingting.companion.voice.words import PLAIN

_HELLO: dict[Language, str] = {
    "zh": "想说什么就说。这里什么都不会存；Ctrl-C 随时走。",
    "en": "Say anything. Nothing here is kept; Ctrl-C leaves at any time.",
}
_BYE: dict[Language, str] = {"zh": "好，先到这儿。", "en": "Okay. Take care of yourself."}


def talk(language: str | None, responder: str, voice: str = PLAIN) -> int:
    """Talk until the person leaves; returns the exit status. voice: how we sound."""
    console = Console(highlight=False)
    chosen = _locale(language)
    # A terminal tells no time zone; Chinese is answered on the clock most of its readers live by.
    timezone = "Asia/Shanghai" if chosen.startswith("zh") else "UTC"
    person = Person(locale=chosen, timezone=timezone, voice=voice)
    model = _model(responder)
    kept = InMemory(person, Policy(), datetime.now(UTC), parts=Parts(model=model))
    console.print(f"[dim]{_HELLO[person.language]}[/dim]")
    if label := label_for(voice, person):
        console.print(f"[dim]· {escape(label)}[/dim]")
    with asyncio.Runner() as runner:
        try:
            _loop(console, kept, runner)
        except (KeyboardInterrupt, EOFError):
            console.print(f"\n[dim]{_BYE[person.language]}[/dim]")
        finally:
            if model is not None:
                runner.run(model.close())
    return 0


def _loop(console: Console, kept: InMemory, runner: asyncio.Runner) -> None:
    while True:
        text = console.input("[bold]› [/bold]").strip()
        if not text:
            continue
        kept.now = datetime.now(UTC)
        runner.run(_answer(console, kept, text))


async def _answer(console: Console, kept: InMemory, text: str) -> None:
    async for event in turn(
        kept.state,
        Message(text),
        person=kept.person,
        policy=kept.policy,
        now=kept.now,
        episode=kept.episode,
        parts=kept.parts,
    ):
        if isinstance(event, Words):
            console.print(escape(event.text), end="", style="cyan", soft_wrap=True)
        elif isinstance(event, Notice):
            console.print(f"[dim]· {escape(event.text)}[/dim]")
        elif isinstance(event, VoiceChanged) and event.label:
            console.print(f"[dim]· {escape(event.label)}[/dim]")
        elif isinstance(event, ToRead):
            place = f"/library/{event.slug}/" if event.slug else "/library/"
            console.print(f"\n[dim]▤ {escape(event.text)} ({place})[/dim]", end="")
        elif isinstance(event, Pinned):
            console.print(f"[bold]☎ {escape(event.label)}[/bold]")
        elif isinstance(event, Done):
            kept.keep(text, event)
    console.print("\n")


def _locale(language: str | None) -> str:
    if language:
        return "zh-CN" if language == "zh" else "en"
    tag = (locale.getlocale()[0] or "en").replace("_", "-")
    return tag if tag.startswith(("zh", "en")) else "en"


def _model(responder: str) -> ChatModel | None:
    if responder == "guided":
        return None
    from qingting.site.config import read_config
    from qingting.site.wiring import model_of

    return model_of(read_config())
