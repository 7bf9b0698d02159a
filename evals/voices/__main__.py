"""python -m evals.voices [--transcripts DIR] [--show]: voices over twenty turns, as a table.

With --transcripts, the talks are written for readers who do not know which voice is which: without
names, labels and the lines in which a voice says what it is. key.json tells it afterwards and lies
apart; it is not for the readers.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Sequence
from pathlib import Path

from evals.voices.play import Played, all_voices, play, scripts
from qingting.companion.person import Language
from qingting.companion.voice.words import PLAIN, voices

_REMOVED = "…"


def main() -> None:
    """Play, print, and write what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m evals.voices")
    parser.add_argument("--transcripts", type=Path, help="a folder for the blind transcripts")
    parser.add_argument("--show", action="store_true", help="print what went wrong")
    asked = parser.parse_args()
    played = [
        play(script, voice) for script in scripts() for voice in (*all_voices(script.language),)
    ]
    print(
        "| voice | language | plain for danger | ordinary | voiced | held back | again | letters |"
    )
    print("|---|---|---|---|---|---|---|---|")
    for language in ("zh", "en"):
        for voice in all_voices(language):
            of = [one for one in played if (one.script.language, one.voice) == (language, voice)]
            print(_row(voice, language, of))
            if asked.show:
                _show(of)
    if asked.transcripts is not None:
        plain = [play(script, PLAIN) for script in scripts()]
        write([*played, *plain], asked.transcripts)


def _row(voice: str, language: str, of: Sequence[Played]) -> str:
    turns = [turn for one in of for turn in one.ordinary]
    voiced = sum(bool(turn.voiced) for turn in turns)
    share = f"{voiced / len(turns):.0%}" if turns else "-"
    held, again = sum(len(one.held_back) for one in of), sum(len(one.repeated) for one in of)
    letters = round(sum(len(turn.reply) for turn in turns) / max(1, len(turns)))
    grave = sum(turn.in_danger for one in of for turn in one.turns)
    cells = (voice, language, grave, len(turns), share, held, again, letters)
    return f"| {' | '.join(map(str, cells))} |"


def _show(of: Sequence[Played]) -> None:
    for one in of:
        for problem, reply in one.held_back:
            print(f"    held back ({problem}): {reply}")
        for reply in one.repeated:
            print(f"    said before: {reply}")
        for turn in one.ordinary:
            if not turn.voiced:
                why = f"{turn.plan.why}, {turn.plan.small}"
                print(f"    no voice ({why}): {turn.said} -> {turn.reply}")


def write(played: Sequence[Played], folder: Path) -> None:
    """Sheets in any order, and the key to them."""
    folder.mkdir(parents=True, exist_ok=True)
    shuffled = sorted(played, key=lambda one: (one.script.language, one.script.id, one.voice))
    random.Random(7).shuffle(shuffled)
    key: dict[str, dict[str, str]] = {}
    for number, one in enumerate(shuffled, start=1):
        name = f"{one.script.language}_{number:02}"
        key[name] = {"voice": one.voice, "talk": one.script.id}
        lines = [f"# {name}", ""]
        for turn in one.turns:
            lines += [
                f"**P** {turn.said}",
                "",
                f"**C** {blinded(turn.reply, one.script.language)}",
                "",
            ]
        (folder / f"{name}.md").write_text("\n".join(lines), encoding="utf-8")
    apart = folder.parent / f"{folder.name}_key"
    apart.mkdir(exist_ok=True)
    (apart / "key.json").write_text(json.dumps(key, indent=1), encoding="utf-8")


def blinded(reply: str, language: Language) -> str:
    """A reply without what names a voice, or says what it is."""
    for words in voices(language):
        told = [*words.lines("about_you", "human"), *words.lines("about_you", "who")]
        for removed in (*told, words.label, words.name):
            reply = reply.replace(removed, _REMOVED)
    return reply


if __name__ == "__main__":
    main()
