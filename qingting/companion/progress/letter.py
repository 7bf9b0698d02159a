"""A letter about a week, in authored words: content/<language>/letter.toml.

Pure: the same facts and the same seed give the same letter. Where little was noted it says so and
is short; where danger is open it sums nothing up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Final

from qingting.companion.exercise.shelf import exercises, titles
from qingting.companion.person import Language
from qingting.companion.progress.week import Tried, Week
from qingting.companion.words.bank import read_toml
from qingting.companion.words.choose import Chooser

Lines = Mapping[str, Mapping[str, tuple[str, ...]]]

# Words of an English letter, characters of a Chinese one. A week with few notes has a short one.
LEAST: Final[Mapping[Language, int]] = {"zh": 150, "en": 90}
MOST: Final[Mapping[Language, int]] = {"zh": 320, "en": 180}
FEW: Final = 2
_MANY_DAYS: Final = 4
# What is left out first where it grows too long.
_LESS: Final = ("beside", "events", "pages", "between", "sleep", "with_light", "done")
_ZH: Final = "零一两三四五六七八九十"
_EN: Final = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
_UNITS: Final[Mapping[Language, Mapping[str, str]]] = {
    "zh": {"note": "笔", "day": "天", "night": "晚", "page": "页", "minute": "分钟", "time": "次"},
    "en": {name: name for name in ("note", "day", "night", "page", "minute", "time")},
}


@cache
def letter_lines(language: Language) -> Lines:
    """The lines of a language by part and list. Raises ContentError."""
    data = read_toml(resources.files("qingting.content") / language / "letter.toml")
    return {
        part: {name: tuple(lines) for name, lines in lists.items()} for part, lists in data.items()
    }


def letter(week: Week, language: Language, seed: str, said: frozenset[str] = frozenset()) -> str:
    """The letter: a few paragraphs, parted by empty lines. seed: with it the same one each time.
    said: fingerprints of earlier letters, whose sentences are passed over."""
    chooser = Chooser(f"{seed}:{week.key}", 0, said, {})
    if week.present:
        parts = letter_lines(language)["presence"]
        return _joined([_line(chooser, parts[name], {}) for name in parts], language)
    written = dict(_written(week, language, chooser))
    for name in _LESS:
        if size(_text(written, language), language) <= MOST[language]:
            break
        written.pop(name, None)
    return _text(written, language)


def size(text: str, language: Language) -> int:
    """How long a letter is: words, or characters."""
    return len(text.split()) if language == "en" else len("".join(text.split()))


def counted(number: int, unit: str, language: Language) -> str:
    """A number of things in words: "three notes", "三笔"; beyond those that are written out, in
    digits. unit: note, day, night, page, minute or time."""
    word = _UNITS[language][unit]
    if language == "zh":
        return f"{_ZH[number] if number <= 10 else _teens_zh(number)}{word}"
    if unit == "time" and number in (1, 2):
        return "once" if number == 1 else "twice"
    told = _EN[number] if number < len(_EN) else str(number)
    return f"{told} {word}{'' if number == 1 else 's'}"


def hours(value: float) -> str:
    """Hours of sleep: "7", "6.5"."""
    return f"{value:.1f}".removesuffix(".0")


def quoted(words: tuple[str, ...], language: Language) -> str:
    """Words of theirs, as they stand in a sentence."""
    marked = [f"“{one}”" if language == "zh" else f'"{one}"' for one in words]
    return ("和" if language == "zh" else " and ").join(marked)


def _teens_zh(number: int) -> str:
    return f"十{'一二三四五六七八九'[number - 11]}" if number < 20 else str(number)


_PARAGRAPHS: Final = (
    ("open", "shape", "with_heavy", "with_light", "between"),
    ("sleep", "done", "pages", "events", "change", "beside"),
    ("try", "tell"),
    ("close",),
)


def _written(week: Week, language: Language, chooser: Chooser) -> Iterator[tuple[str, str]]:
    """Each part with its words."""
    found: dict[str, str] = {}
    for name, path, slots in _parts(week, language):
        part, _, key = path.partition(".")
        line = _line(chooser, letter_lines(language)[part][key], slots)
        if line:
            found[name] = line
    # A week with something in it gets a letter and no slip of paper.
    if week.notes > FEW:
        for _ in range(3):
            if size(_text(found, language), language) >= LEAST[language]:
                break
            more = _line(chooser, letter_lines(language)["beside"]["lines"], {})
            glue = " " if language == "en" and "beside" in found else ""
            found["beside"] = f"{found.get('beside', '')}{glue}{more}"
    yield from found.items()


_Part = tuple[str, str, dict[str, str]]


def _parts(week: Week, language: Language) -> Iterator[_Part]:
    """What is said: name of the part, its list, and what is put into its lines."""
    yield from _moods(week, language)
    yield from _besides(week, language)
    if week.to_try:
        exercise = exercises()[week.to_try]
        slots = {
            "exercise": titles(language)[week.to_try]["title"],
            "minutes": counted(exercise.minutes, "minute", language),
        }
        yield "try", f"try.{'again' if week.again else 'new'}", slots
    person = {"person": week.person} if week.person else {}
    anyone = "light" if week.notes > week.heavy == 0 and week.change != "worse" else "anyone"
    yield "tell", f"tell.{'named' if week.person else anyone}", person
    yield "close", "close.lines", {}


def _moods(week: Week, language: Language) -> Iterator[_Part]:
    noted = {
        "notes": counted(week.notes, "note", language),
        "days": counted(week.days, "day", language),
    }
    yield "open", f"open.{_amount(week)}", noted
    if week.notes:
        sides = {"heavy": week.heavy, "light": week.light, "between": week.between}
        slots = {
            name: counted(number, "note", language) for name, number in sides.items() if number
        }
        yield "shape", f"shape.{_shape(week)}", slots
    for name, words in (("heavy", week.with_heavy), ("light", week.with_light)):
        if words:
            yield f"with_{name}", f"with.{name}", {"with": quoted(words, language)}
    if week.with_between and not week.with_heavy and not week.with_light:
        yield "between", "with.between", {"with": quoted(week.with_between, language)}


def _besides(week: Week, language: Language) -> Iterator[_Part]:
    if week.sleep:
        yield _sleep(week, language)
    if week.tried is not None:
        yield _done(week, week.tried, language)
    if week.pages:
        yield "pages", "pages.lines", {"pages": counted(week.pages, "page", language)}
    if week.events:
        told = quoted(tuple(one.what for one in week.events), language)
        yield "events", "events.lines", {"events": told}
    if week.change:
        yield "change", f"change.{week.change}", {}


def _amount(week: Week) -> str:
    if not week.notes:
        return "none"
    if week.notes <= FEW:
        return "few"
    return "many" if week.days >= _MANY_DAYS else "some"


def _shape(week: Week) -> str:
    sides = {"heavy": week.heavy, "light": week.light, "between": week.between}
    if week.notes == 1:
        return f"one_{max(sides, key=lambda side: sides[side])}"
    if 2 * week.between > week.notes:
        return "between"
    if week.heavy > 2 * week.light:
        return "mostly_heavy"
    if week.light > 2 * week.heavy:
        return "mostly_light"
    return "mixed" if week.heavy and week.light else "between"


def _sleep(week: Week, language: Language) -> _Part:
    slots = {"nights": counted(len(week.sleep), "night", language), "hours": hours(week.most)}
    if len(week.sleep) == 1:
        return "sleep", "sleep.one", slots
    if week.least == week.most:
        return "sleep", "sleep.same", slots
    return "sleep", "sleep.range", slots | {"least": hours(week.least), "most": hours(week.most)}


def _done(week: Week, one: Tried, language: Language) -> _Part:
    slots = {"exercise": titles(language)[one.exercise]["title"]}
    if one.before is None or one.after is None:
        return "done", "done.plain", slots | {"times": counted(week.times, "time", language)}
    how = "eased" if one.after < one.before else "same" if one.after == one.before else "more"
    return "done", f"done.{how}", slots | {"before": str(one.before), "after": str(one.after)}


def _line(chooser: Chooser, lines: tuple[str, ...], slots: dict[str, str]) -> str:
    """One of the lines: one not in an earlier letter, where there is one."""
    chooser.renew(slots)
    words = chooser.choose(lines) or chooser.anew(lines) or ""
    return words[:1].upper() + words[1:]


def _text(written: Mapping[str, str], language: Language) -> str:
    paragraphs = [
        _joined([written[name] for name in names if name in written], language)
        for names in _PARAGRAPHS
    ]
    return "\n\n".join(one for one in paragraphs if one)


def _joined(lines: list[str], language: Language) -> str:
    return (" " if language == "en" else "").join(one for one in lines if one)
