"""Finding what is worth keeping in a message, offline: by patterns (content/remember) and dates.

Precision comes first. Something missed is asked about again; something wrong is a companion that
made things up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

from qingting.companion.person import Language
from qingting.companion.remember.dates import find_dates
from qingting.companion.remember.dates.span import DateSpan
from qingting.companion.remember.filling import about_of, filled, said_back, slots_of, value_of
from qingting.companion.remember.item import OPPOSITE, Found
from qingting.companion.remember.patterns import DAY_MARKS, Frame, Pattern, Patterns, patterns
from qingting.companion.remember.placing import day_of, in_quotes, quoted, rolled_over, seen
from qingting.companion.remember.sentence import Sentence
from qingting.companion.understand.sentences import split
from qingting.companion.words.script import simplified

_CLOSED: Final = re.compile('["”’」』]')
# Longer messages are read this far: a page of a diary, not a book.
_READ: Final = 4_000
_MOST: Final = 12
_LONGEST_NOTE: Final = 60
# How far around a match its frame is read.
_NEAR: Final = 80
# The clauses of a sentence, as people type them: Chinese has spaces for marks.
_PART: Final = re.compile(r"[，,。！!？?；;：:\n…~～]+|(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_MARK: Final = re.compile(f"[{''.join(DAY_MARKS.values())}]")
# A sentence longer than this holds more than one matter.
_RUNS_ON: Final = 80
# A sentence longer than this is read in pieces: the work of a search may grow with the square of
# what it reads.
_PIECE: Final = 320
_GAP: Final = re.compile(r"[\s,，、]")
# Apostrophes as phones type them; one character each, so that places stay what they are.
_PLAIN: Final = str.maketrans("’‘ʼ‛´\u00a0", "''''' ")


def extract(
    text: str, language: Language, today: date, *, learned: bool = True
) -> tuple[Found, ...]:
    """What a message tells that is worth keeping, in the order it stands there; at most 12.

    today: the person's local day. learned: also what no pattern tells of, some milliseconds a
    sentence. Every quote is a piece of the text itself.
    """
    text = text[:_READ]
    plain = plain_of(text, language)
    known = patterns(language)
    if seen(known.story, plain):
        return ()
    found: dict[tuple[str, str], Found] = {}
    sentences = tuple(sentences_of(text, language, today))
    # Patterns stand in the file in the order of their worth: the first to tell of a thing is kept.
    for pattern in known.patterns:
        for sentence in sentences:
            for one in _told(pattern, known, sentence, language, today):
                if not (pattern.loose and _told_there(one, found.values())):
                    _first_kept(one, found)
    for one in _learned(sentences, known, language, today) if learned else ():
        if not any(_same_matter(one, other, known) for other in found.values()):
            found.setdefault((one.kind, one.about), one)
    told = [one for one in found.values() if not _within_another(one, found.values())]
    told = [one for one in told if not _taken_back_again(one, told)]
    return tuple(sorted(told, key=lambda one: one.start))[:_MOST]


def _first_kept(one: Found, found: dict[tuple[str, str], Found]) -> None:
    """Put it with the others. A wish that is taken back and told in one message is told."""
    before = found.setdefault((one.kind, one.about), one)
    if one.kind == "preference" and before.gone and not one.gone:
        found[one.kind, one.about] = one


def _taken_back_again(one: Found, told: Sequence[Found]) -> bool:
    """Whether a message tells a wish for more and for less of the same: the one for less holds."""
    return one.kind == "preference" and any(OPPOSITE.get(each.about) == one.about for each in told)


def _learned(
    sentences: Sequence[Sentence], known: Patterns, language: Language, today: date
) -> Iterator[Found]:
    """What no pattern tells of, where there are trained arrays: no more than a message's worth."""
    from qingting.companion.remember.learned import learned_finds

    for one in learned_finds(sentences, language, today, known):
        if seen(known.unsaid, one.quote):
            continue
        # A wish is asked as often as not ("could you keep it short?").
        asked = any(seen(frame, one.quote) for frame in (known.never_here, known.supposed))
        if one.kind != "preference" and (asked or "?" in one.quote):
            continue
        if not _off_kind(one, known, sentences):
            yield one


def _off_kind(one: Found, known: Patterns, sentences: Iterable[Sentence]) -> bool:
    """Whether the frame of its kind, or the words of somebody else, make what was learned something
    else. Its sentence is read too: "the 14th is my sister's, mine is the 15th"."""
    sentence = next(each for each in sentences if one.start < each.start + len(each.plain))
    at = one.start - sentence.start
    if in_quotes(sentence.plain, at, one.end - sentence.start):
        return True
    frame = known.frames.get(one.kind)
    if frame is None or one.gone:
        return False
    return (
        seen(frame.unless, sentence.marked)
        or seen(frame.before, sentence.marked[max(0, at - _NEAR) : at])
        or seen(frame.unless_here, sentence.marked[at : one.end - sentence.start])
    )


def _same_matter(one: Found, other: Found, known: Patterns) -> bool:
    """Whether what was learned tells, in the same words, what is found already: of an event that
    day, of somebody the same person."""
    if one.kind != other.kind or not _overlap(one, other):
        return False
    if one.kind == "event":
        return one.on == other.on
    # Who is called what, or something else than was thought, is told by a pattern alone.
    named = other.about.endswith("/name") or other.value != ""
    return named or one.kind != "person" or _whom(one, known) == _whom(other, known)


def _whom(one: Found, known: Patterns) -> str:
    who = one.about.split("/")[0].casefold()
    return _plainly(known.canonical.get("relation", {}).get(who, who))


def _plainly(word: str) -> str:
    return word.casefold()


def _told_there(one: Found, others: Iterable[Found]) -> bool:
    """Whether something of its kind is told in the same words already."""
    return any(one.kind == other.kind and _overlap(one, other) for other in others)


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _within_another(one: Found, others: Iterable[Found]) -> bool:
    """Whether an event is told more closely by another of that day ("exam", "maths exam")."""
    return one.kind == "event" and any(
        other.kind == "event"
        and other.on == one.on
        and other.about != one.about
        and one.about in other.about
        for other in others
    )


def plain_of(text: str, language: Language) -> str:
    """The text as patterns read it: plain apostrophes, simplified characters; of equal length."""
    plain = text.translate(_PLAIN)
    if language == "zh":
        simple = simplified(plain)
        return simple if len(simple) == len(plain) else plain
    return plain


def sentences_of(text: str, language: Language, today: date) -> Iterator[Sentence]:
    """The sentences of a message that may tell of the person's own life, with the days named in
    them. today: the person's local day."""
    plain = plain_of(text, language)
    for start, end in _pieces(plain):
        for begin, stop in _own(plain, start, end, patterns(language).never):
            said = plain[begin:stop]
            named = find_dates(said, language, today)
            days = tuple(day for day in named if not rolled_over(said, day, today))
            yield Sentence(said, _marked(said, days, today), text[begin:stop], begin, days)


def _own(
    plain: str, start: int, end: int, never: re.Pattern[str] | None
) -> Iterator[tuple[int, int]]:
    """What of a sentence tells of their own life: all of it, or nothing where a film or a dream is
    in it; of one that runs on and on, what stands well away from that."""
    strange = [match.span() for match in never.finditer(plain, start, end)] if never else []
    if not strange:
        yield start, end
    elif end - start > _RUNS_ON:
        breaks = [mark.end() for mark in _PART.finditer(plain, start, end)]
        first, last = strange[0][0], strange[-1][1]
        before = [at for at in breaks if at <= first]
        after = [at for at in breaks if at >= last]
        # A clause on either side may still belong to it.
        if len(before) > 1:
            yield start, before[-2]
        if len(after) > 1:
            yield after[1], end


def _pieces(plain: str) -> Iterator[tuple[int, int]]:
    """Where the sentences stand; of very long ones, pieces that end at a gap where there is one."""
    sentences = split(plain)
    for start, end in zip(sentences.starts, sentences.ends, strict=True):
        begin = start
        while end - begin > _PIECE:
            gaps = [gap.end() for gap in _GAP.finditer(plain, begin + _PIECE // 2, begin + _PIECE)]
            stop = gaps[-1] if gaps else begin + _PIECE
            yield begin, stop
            begin = stop
        yield begin, end


def _marked(said: str, days: tuple[DateSpan, ...], today: date) -> str:
    for day in days:
        side = "past" if day.last < today else "today" if day.first == today else "ahead"
        said = said[: day.start] + DAY_MARKS[side] * (day.end - day.start) + said[day.end :]
    return said


def _told(
    pattern: Pattern, known: Patterns, sentence: Sentence, language: Language, today: date
) -> Iterator[Found]:
    text = sentence.marked if pattern.marked else sentence.plain
    frame = None if pattern.gone else known.frames.get(pattern.kind)
    if seen(pattern.unless, text) or (frame and seen(frame.unless, sentence.marked)):
        return
    for match in pattern.find.finditer(text):
        if _framed(pattern, known, match) or _off_here(pattern, known, match):
            continue
        if frame and _off_frame(frame, match, sentence):
            continue
        # What stands in quotation marks somebody else said.
        if in_quotes(sentence.plain, *_words_of(match)):
            continue
        day = day_of(pattern, known, match, sentence.days)
        if pattern.when in ("required", "ahead") and day is None:
            continue
        if pattern.when == "ahead" and day is not None and day.last < today:
            continue
        slots = slots_of(match, known)
        about = about_of(filled(pattern.about, slots), known)
        says = filled(pattern.says, said_back(slots, known))
        if not about or not says or len(says) > _LONGEST_NOTE or seen(known.unsaid, says):
            continue
        if _MARK.search(about + says):
            continue
        begin, end = quoted(sentence.plain, match, day)
        yield Found(
            kind=pattern.kind,
            about=about,
            says=says,
            quote=sentence.typed[begin:end],
            start=sentence.start + begin,
            end=sentence.start + end,
            language=language,
            on=day.first if day else None,
            until=day.last if day else None,
            sensitive=pattern.sensitive,
            replaces=filled(pattern.replaces, slots) if pattern.replaces else None,
            gone=pattern.gone,
            value=value_of(slots, known),
        )


def _words_of(match: re.Match[str]) -> tuple[int, int]:
    """Where the words of a match begin and end, without marks around them that were taken along;
    the match as it is where a mark closes within it: a wish about words quotes the words."""
    letters = [at for at, one in enumerate(match[0]) if one.isalnum()]
    if not letters or _CLOSED.search(match[0], letters[0], letters[-1]):
        return match.span()
    return match.start() + letters[0], match.start() + letters[-1] + 1


def _framed(pattern: Pattern, known: Patterns, match: re.Match[str]) -> bool:
    """Whether the words around a match make it something else ("if", "my friend said")."""
    before = match.string[max(0, match.start() - _NEAR) : match.start()]
    after = match.string[match.end() : match.end() + _NEAR]
    return (
        seen(known.before, before)
        or seen(pattern.before, before)
        or seen(known.after, after)
        or seen(pattern.after, after)
    )


def _off_frame(frame: Frame, match: re.Match[str], sentence: Sentence) -> bool:
    """The same by the frame of the kind, which reads days as their marks in every pattern."""
    begin, end = match.span()
    return (
        seen(frame.before, sentence.marked[max(0, begin - _NEAR) : begin])
        or seen(frame.after, sentence.marked[end : end + _NEAR])
        or seen(frame.unless_here, _here(sentence.marked, begin, end))
    )


def _off_here(pattern: Pattern, known: Patterns, match: re.Match[str]) -> bool:
    """Whether a clause that the match touches makes it something else (a question)."""
    if known.never_here is None and pattern.unless_here is None:
        return False
    here = _here(match.string, *match.span())
    return seen(known.never_here, here) or seen(pattern.unless_here, here)


def _here(text: str, begin: int, end: int) -> str:
    """The clauses that a stretch of a text touches."""
    first = max(0, begin - _NEAR)
    start = max((part.end() for part in _PART.finditer(text, first, begin)), default=first)
    final = _PART.search(text, end, end + _NEAR)
    return text[start : final.end() if final else end + _NEAR]
