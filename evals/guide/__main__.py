"""How guided talk holds up over whole conversations: plays every script and prints, for each rule,
how many turns were checked and how many failed. Exit status 0: it measures, it does not judge.
"""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from evals.guide import report
from evals.guide.checks import RULES
from evals.guide.play import play
from evals.guide.scripts import LANGUAGES, SCRIPTS, load_all


def main() -> None:
    """The command."""
    parser = argparse.ArgumentParser(prog="python -m evals.guide", description=__doc__)
    parser.add_argument("--scripts", type=Path, default=SCRIPTS, help="folder with zh/ and en/")
    parser.add_argument("--language", choices=LANGUAGES, help="only the scripts of one language")
    parser.add_argument("--show", choices=tuple(RULES), action="append", default=[], metavar="RULE")
    parser.add_argument("--most", type=int, default=40, help="exchanges shown of a language")
    parser.add_argument("--time", action="store_true", help="how long a turn takes, on one core")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    given = parser.parse_args()
    scripts = load_all(given.scripts, given.language)
    if given.time:
        _one_core()
        play(scripts[:1] + scripts[-1:])  # what is loaded once is no part of a turn
    plays = play(scripts)
    told = report.rules_table(plays)
    if given.time:
        told += "\n" + report.times(plays)
    print(told)
    for rule in given.show:
        print(report.failing(plays, rule, given.most))
    if given.write:
        report.write(told)


def _one_core() -> None:
    if hasattr(os, "sched_setaffinity"):  # Linux only
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


if __name__ == "__main__":
    main()
