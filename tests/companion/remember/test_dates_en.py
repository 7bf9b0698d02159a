"""Days as English names them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qingting.companion.remember.dates.english import find

WEDNESDAY = date(2026, 11, 18)


def named(text: str) -> str:
    return " ".join(
        f"{span.first}" if span.first == span.last else f"{span.first}..{span.last}"
        for span in find(text, WEDNESDAY)
    ).replace("2026-", "")


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("exam today", "11-18"),
        ("i have an exam tomorrow", "11-19"),
        ("tonight im seeing her", "11-18"),
        ("the day after tomorrow", "11-20"),
        ("day before yesterday was bad", "11-16"),
        ("interview on friday", "11-20"),
        ("friday was awful", "11-13"),
        ("i saw him on friday", "11-13"),
        ("my exam is next friday", "11-27"),
        ("this friday", "11-20"),
        ("last friday i cried", "11-13"),
        ("interview wednesday", "11-18"),
        ("results on the 3rd", "12-03"),
        ("results on the 20th, scared", "11-20"),
        ("dec 26", "12-26"),
        ("26 december", "12-26"),
        ("the 26th of december", "12-26"),
        ("December 26th, 2026", "12-26"),
        ("december twenty-sixth", "12-26"),
        ("the third of may", "2027-05-03"),
        ("jan 5", "2027-01-05"),
        ("nov 2 i saw her", "11-02"),
        ("exam on 12/26", "12-26"),
        ("exam on 26/12", "12-26"),
        ("in two weeks", "12-02"),
        ("in 3 days", "11-21"),
        ("in a week", "11-25"),
        ("in a month", "12-18"),
        ("a week from monday", "11-30"),
        ("monday week", "11-30"),
        ("this weekend", "11-21..11-22"),
        ("last weekend was nice", "11-14..11-15"),
        ("next weekend", "11-28..11-29"),
        ("next month", "12-01..12-31"),
        ("its the 24th now", "11-24"),
        ("he gets in the 21st not the 19th", "11-21"),
        ("viva is last friday of april", "2027-04-30"),
        ("first monday in may", "2027-05-03"),
        ("got my driving test on the 29th", "11-29"),
        ("home on stephens day", "12-26"),
        ("good friday", "2027-03-26"),
        ("two weeks today", "12-02"),
        ("40 days to go", "12-28"),
        ("sat morning gig", "11-21"),
        ("next week", "11-23..11-29"),
        ("end of the month", "11-30"),
        ("christmas", "12-25"),
        ("on christmas eve", "12-24"),
        ("new year's eve", "12-31"),
        ("thanksgiving", "11-26"),
        ("halloween is next", "2027-10-31"),
        ("halloween was fun", "10-31"),
        ("from monday to wednesday", "11-23..11-25"),
        ("dec 26-28", "12-26..12-28"),
        ("26-28 december", "12-26..12-28"),
        ("26 nov to 3 dec", "11-26..12-03"),
        ("nov 26 to dec 3", "11-26..12-03"),
        ("from the 3rd to the 5th", "12-03..12-05"),
        ("i may 5", "2027-05-05"),
        ("on sat", "11-21"),
        ("on sun morning", "11-22"),
        ("3 days ago", "11-15"),
        ("two weeks ago", "11-04"),
        ("5 days until my exam", "11-23"),
        ("2 weeks till results", "12-02"),
        ("they moved it to thursday", "11-19"),
        ("it got moved from monday to thursday", "11-19"),
        ("not friday, it's saturday", "11-21"),
        ("friday night", "11-20"),
        ("last night", "11-17"),
        ("yesterday", "11-17"),
        ("friday the 20th", "11-20"),
        ("mon 23 nov", "11-23"),
        ("i was told my exam is on friday", "11-20"),
        ("i had to leave on friday", "11-13"),
        ("i got an exam friday", "11-20"),
        ("got dumped on friday", "11-13"),
        ("booked my driving test for friday", "11-20"),
        ("the 5th of next month", "12-05"),
        ("in december", "12-01..12-31"),
        ("2026-11-20", "11-20"),
        ("a fortnight from now", "12-02"),
        ("friday next week", "11-27"),
        ("next week on tuesday", "11-24"),
        ("on ２０ november", "11-20"),
        ("i was sad because it's friday", "11-20"),
        ("went out with friends friday night", "11-13"),
        ("back on monday", "11-23"),
        ("he's back from monday", "11-23"),
        ("tmrw morning", "11-19"),
        ("it's on the 30th and im scared", "11-30"),
        ("exam's the 24th", "11-24"),
        ("due 24th", "11-24"),
        ("my exam is november 24", "11-24"),
        ("on tuesday the 24th of november", "11-24"),
        ("between monday and wednesday", "11-23..11-25"),
        ("next monday to wednesday", "11-23..11-25"),
        ("on new year's day", "2027-01-01"),
        ("valentine's day", "2027-02-14"),
        ("tomorrow's exam", "11-19"),
    ],
)
def test_days_named(text: str, days: str) -> None:
    assert named(text) == days


@pytest.mark.parametrize(
    "text",
    [
        "on the 3rd floor",
        "for the 3rd time",
        "exam on 5/6",
        "i got 18/20 on it",
        "24/7",
        "my birthday",
        "i work monday to friday",
        "i may be late",
        "we march on",
        "the sun is out",
        "sat on the bed",
        "version 3.11",
        "it was $5",
        "im 17",
        "at 3am",
        "for 3 days",
        "every friday",
        "fridays suck",
        "instead of monday",
        "since friday",
        "after christmas",
        "black friday",
        "everyday",
        "friday the 13th",
        "no tomorrow",
        "christmas movie",
        "5 may be too many",
        "30 february",
        "two sundays",
        "march 3 people died",
    ],
)
def test_no_day_named(text: str) -> None:
    assert named(text) == ""


WORDS = st.sampled_from(
    [
        "monday",
        "friday",
        "sat",
        "next",
        "last",
        "this",
        "on",
        "the",
        "3rd",
        "31",
        "dec",
        "february",
        "may",
        "to",
        "from",
        "in",
        "two",
        "weeks",
        "ago",
        "tomorrow",
        "was",
        "moved",
        "christmas",
        "end",
        "of",
        "month",
        "12/26",
        "2026",
        "until",
        "every",
        "twenty-sixth",
        "-",
        ",",
        ".",
        "!",
        "’",
        "２",
    ]
)


@given(
    st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join)),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
)
def test_spans_are_sound(text: str, today: date) -> None:
    end = 0
    for span in find(text, today):
        assert span.first <= span.last
        assert end <= span.start < span.end <= len(text)
        end = span.end


@given(
    st.sampled_from(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]),
    st.dates(date(2020, 1, 1), date(2040, 12, 31)),
)
def test_a_bare_weekday_is_within_a_week(weekday: str, today: date) -> None:
    (ahead,) = find(f"my exam is on {weekday}", today)
    (behind,) = find(f"i went there on {weekday}", today)
    assert timedelta(0) <= ahead.first - today <= timedelta(6)
    assert timedelta(1) <= today - behind.first <= timedelta(7)
