"""Messages with days in them, as they are typed in English: the days ahead that they name.

Each was written with its day reckoned by a calendar, not by what the rules say; most of them were
read wrongly at first.
"""

from __future__ import annotations

from datetime import date

import pytest

from qingting.companion.remember.dates import find_dates

# The person's day, what is typed, and the days that lie ahead: none where a day is past or is none.
TYPED = (
    ("2026-03-11", "in three sleeps i get the cast off", "2026-03-14"),
    ("2026-03-11", "easter sunday lunch with the inlaws send help", "2026-04-05"),
    ("2026-03-11", "got my driving theory 4/22", "2026-04-22"),
    ("2026-03-11", "the 21st til the 24th im in leeds", "2026-03-21..2026-03-24"),
    ("2026-03-11", "every friday we get pizza", ""),
    ("2026-03-11", "room 14 smells", ""),
    ("2026-04-21", "mothers day is gonna be weird this yr", "2026-05-10"),
    ("2026-04-21", "nxt thurs is court", "2026-04-30"),
    ("2026-04-21", "physio in 2 wks", "2026-05-05"),
    ("2026-07-14", "2mrw im telling her", "2026-07-15"),
    ("2026-07-14", "ive got my citizenship thing thursday arvo", "2026-07-16"),
    ("2026-07-14", "hes home between the 18th and the 22nd", "2026-07-18..2026-07-22"),
    ("2026-07-14", "first aid course sat 9am-4pm", "2026-07-18"),
    ("2026-07-14", "sunday scaries every week", ""),
    ("2026-09-08", "saturday the 19th my sister gets married", "2026-09-19"),
    ("2026-09-08", "i'll do it monday i swear", "2026-09-14"),
    ("2026-11-03", "i quit on friday", ""),
    ("2026-11-03", "sat im meeting his mom", "2026-11-07"),
    ("2026-11-03", "veterans day parade marching w the band", "2026-11-11"),
    ("2026-11-03", "uk visa appt 17/11", "2026-11-17"),
    ("2026-11-03", "surgery got moved up to the 9th", "2026-11-09"),
    ("2026-12-18", "flying home the 20th, back the 3rd", "2026-12-20 2027-01-03"),
    ("2026-12-18", "on the 12th he finally moved out", ""),
    ("2026-12-18", "school goes back the 5th", "2027-01-05"),
    ("2026-12-18", "the 21st is my nans funeral", "2026-12-21"),
    ("2026-12-18", "early jan i get my braces off", "2027-01-01..2027-01-10"),
    ("2026-12-18", "i was supposed to see her yesterday", ""),
    ("2026-12-30", "2/14 is our two years", "2027-02-14"),
    ("2027-01-23", "chinese new year dinner w his fam", "2027-02-06"),
    ("2027-01-23", "exams are the 25th through the 29th", "2027-01-25..2027-01-29"),
    ("2027-01-23", "the 15th was our anniversary", ""),
    ("2027-01-23", "st patricks day we're doing a pub crawl", "2027-03-17"),
    ("2027-05-09", "biology p1 tues, chem p1 a week tues", "2027-05-11 2027-05-18"),
    ("2027-05-09", "tuesday's paper is the one im scared of", "2027-05-11"),
    ("2027-06-02", "party's sat, funeral's sun", "2027-06-05 2027-06-06"),
    ("2027-06-02", "they broke up in march", ""),
    ("2027-06-02", "on monday i told him", ""),
    ("2027-06-02", "court on june 30", "2027-06-30"),
    ("2027-08-25", "a week saturday i turn 20", "2027-09-04"),
    ("2027-08-25", "wedding's 2 weeks saturday", "2027-09-11"),
    ("2027-10-20", "earlier this week", ""),
    ("2027-10-20", "friday fortnight", "2027-11-05"),
    ("2027-10-20", "between the 25th and the 29th", "2027-10-25..2027-10-29"),
    ("2027-10-20", "last week of october", "2027-10-25..2027-10-31"),
    ("2027-10-20", "last saturday of the month", "2027-10-30"),
    ("2027-10-20", "grounded til the 1st", "2027-11-01"),
    ("2028-01-15", "fri-yay mood yesterday", ""),
    ("2028-01-15", "my mon cheri phase", ""),
    ("2028-01-15", "april fools day is my due date lmao", "2028-04-01"),
    ("2028-01-15", "five more sleeps", "2028-01-20"),
    ("2028-01-15", "april 2029 i finish", "2029-04-01..2029-04-30"),
    ("2028-01-15", "6 days left", "2028-01-21"),
    ("2028-01-15", "my 2028 planner is empty", ""),
    ("2028-02-27", "graduation is in may 2029", "2029-05-01..2029-05-31"),
    ("2028-02-27", "week of march 6 is midterms", "2028-03-06..2028-03-12"),
    ("2028-02-27", "mothering sunday at my gran's", "2028-03-26"),
    ("2028-02-27", "wedding 3/25", "2028-03-25"),
    ("2028-02-27", "st paddys day trip to dublin", "2028-03-17"),
    ("2028-05-07", "he proposes on the 20th i saw the ring", "2028-05-20"),
    ("2028-05-07", "3 more sleeps til mallorca", "2028-05-10"),
)


@pytest.mark.parametrize(("today", "typed", "ahead"), TYPED)
def test_the_days_ahead_are_known(today: str, typed: str, ahead: str) -> None:
    day = date.fromisoformat(today)
    found = sorted(
        (span.first, span.last) for span in find_dates(typed, "en", day) if span.last >= day
    )
    assert (
        " ".join(f"{first}" if first == last else f"{first}..{last}" for first, last in found)
        == ahead
    )
