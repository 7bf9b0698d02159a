"""The pacer of a breathing exercise as a style sheet, made from its seconds and rounds.

A style sheet, because it works without a script and under a policy that allows no inline style.
"""

from __future__ import annotations

from typing import Final

from qingting.companion.exercise.exercise import Step
from qingting.companion.exercise.shelf import exercises

_SMALL: Final = "scale(.58)"
_FULL: Final = "scale(1)"


def step_of(pace: str, rounds: int) -> Step | None:
    """The step of some exercise that breathes so; None where none does."""
    for exercise in exercises().values():
        for step in exercise.steps:
            if step.kind == "breathe" and (_name(step), step.rounds) == (pace, rounds):
                return step
    return None


def style(step: Step) -> str:
    """The style sheet of a step of kind breathe."""
    name, cycle = f"p{_name(step)}x{step.rounds}", sum(step.seconds)
    breath_in, full, out, _ = step.seconds
    turns = [
        (0, _SMALL),
        (breath_in, _FULL),
        (breath_in + full, _FULL),
        (breath_in + full + out, _SMALL),
        (cycle, _SMALL),
    ]
    circle = " ".join(f"{_at(at, cycle)} {{ transform: {size}; }}" for at, size in turns)
    rules = [
        f"@keyframes {name} {{ {circle} }}",
        f".{name} .circle {{ animation: {name} {cycle}s ease-in-out {step.rounds} both; }}",
    ]
    rules += _phases(step, name, cycle)
    for number in range(step.rounds):
        rules.append(
            f".{name} .rounds li:nth-child({number + 1}) "
            f"{{ animation: pace-filled .8s {(number + 1) * cycle}s both; }}"
        )
    rules.append(f".{name} .over {{ animation: pace-over .8s {step.rounds * cycle}s both; }}")
    body = "\n".join(rules)
    return f"@media (prefers-reduced-motion: no-preference) {{\n{body}\n}}\n"


def _phases(step: Step, name: str, cycle: int) -> list[str]:
    """Each word is there for its own part of the round."""
    rules, began, place = [], 0, 0
    for seconds in step.seconds:
        if not seconds:
            continue
        place += 1
        ends = began + seconds
        frames = [f"{_at(began, cycle)} {{ opacity: 1; }}", f"{_at(ends, cycle)} {{ opacity: 0; }}"]
        if began:
            frames.insert(0, "0% { opacity: 0; }")
        if ends < cycle:
            frames.append("100% { opacity: 0; }")
        rules.append(f"@keyframes {name}-{place} {{ {' '.join(frames)} }}")
        rules.append(
            f".{name} .phase:nth-child({place}) "
            f"{{ animation: {name}-{place} {cycle}s step-end {step.rounds} both; }}"
        )
        began = ends
    return rules


def _at(seconds: int, cycle: int) -> str:
    return f"{100 * seconds / cycle:.4g}%"


def _name(step: Step) -> str:
    return "-".join(map(str, step.seconds))
