"""python -m evals.library: what is handed over to read in sixty situations a language.

python -m evals.library                       the table, development and unseen apart
python -m evals.library --show                every situation with what was handed over
python -m evals.library --judge DIR           sheets for readers who have not seen any of this
python -m evals.library --score DIR           what they found
"""

from __future__ import annotations

import argparse
from pathlib import Path

from evals.library import judging
from evals.library.situations import LANGUAGES, PARTS, Outcome, load, play


def main() -> None:
    """See the module."""
    wanted = argparse.ArgumentParser(prog="python -m evals.library")
    wanted.add_argument("--part", choices=PARTS, help="only this part")
    wanted.add_argument("--show", action="store_true", help="every situation")
    wanted.add_argument("--judge", type=Path, metavar="DIR", help="write sheets for readers")
    wanted.add_argument("--score", type=Path, metavar="DIR", help="read the sheets")
    chosen = wanted.parse_args()
    if chosen.score:
        print(judging.score(chosen.score))
        return
    outcomes = []
    for language in LANGUAGES:
        for part in (chosen.part,) if chosen.part else PARTS:
            played = play(load(language, part))
            outcomes += played
            print(_row(f"{language} {part}", played))
            if chosen.show:
                print("\n".join(map(_shown, played)))
    if chosen.judge:
        print(judging.write(outcomes, chosen.judge))


def _row(name: str, played: list[Outcome]) -> str:
    """One line of the table."""
    suits = [one for one in played if one.situation.fits]
    none = [one for one in played if not one.situation.fits]
    given = [one for one in played if one.given]
    asked = [one for one in suits if one.situation.asks]
    return (
        f"{name:15}  handed over in {len(given):2}/{len(played)}"
        f"  of these right {sum(one.right for one in given):2}/{len(given)}"
        f"  | where one suits {sum(bool(one.given) for one in suits):2}/{len(suits)}"
        f"  asked for {sum(bool(one.given) for one in asked)}/{len(asked)}"
        f"  | where none suits {sum(bool(one.given) for one in none)}/{len(none)}"
    )


def _shown(one: Outcome) -> str:
    situation = one.situation
    given = ", ".join(f"{slug or '(shelf)'} after {number}" for number, slug in one.given) or "-"
    mark = " " if one.right else "!"
    return f" {mark} {situation.id}  {'|'.join(sorted(situation.fits)) or '-':24} -> {given}"


if __name__ == "__main__":
    main()
