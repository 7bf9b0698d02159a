"""The ways English names days, as rules in order: an earlier one takes the words it reads.

A rule may read words and name no day (a day that is not in the calendar, "9/11"); they stay taken.
"""

from __future__ import annotations

import re
from typing import Final

from qingting.companion.remember.dates import english_read as read
from qingting.companion.remember.dates.english_words import (
    DAY,
    MONTH,
    NTH,
    NUMBER,
    SHORT_WEEKDAY,
    TOMORROW,
    WEEKDAY,
)

Rule = tuple[re.Pattern[str], read.Reader]

_TO: Final = r"(?: ?[-–] ?| (?:to|until|till|til|through) )"
# What may follow "the 3rd" when it is a day: "the 3rd floor" is none.
_ENDS: Final = (
    r"(?=\s*(?:$|[,.;:!?)\n…-]|(?:and|at|so|but|i|im|i'm|i've|ive|ill|i'll|we|it|its|it's|which|with"
    r"|to|because|bc|cause|cos|for|lol|lmao|ugh|omg|idk|or|then|if|whether|when|where|they|my"
    r"|this month|next month|of (?:this|next|the) month|morning|afternoon|evening|night|in the"
    r"|now|not|instead|tho|though|actually|btw|again|he|she|he's|hes|she's|shes|you|everyone)\b))"
)
# "The 21st" alone is a day; "the 3rd" may be a place in a row, "the 18th" of June is read before.
_LATE_NTH: Final = r"(?:(?:1\d|2\d|3[01])(?:st|nd|rd|th))"
_WHICH_NTH: Final = r"(?:first|1st|second|2nd|third|3rd|fourth|4th|last)"
# A number that counts something is no day of the month.
_NO_COUNT: Final = (
    r"(?![\d:/%]| ?(?:am|pm|people|of us|times?|more|years?|yrs?|months?|weeks?|days?|hours?|hrs?"
    r"|mins?|minutes|kids|girls|boys|guys|percent|points|quid|dollars|pounds|euros)\b|\.\d)"
)
_YEAR: Final = r"(?:,? (?P<year>20\d\d))?"
# "The 3rd may be late".
_NO_VERB: Final = r"(?! (?:be|not|have|never|come|go|as)\b)"
_DAY_OF: Final = rf"(?:the )?(?P<day>{DAY})(?: of)? (?P<month>{MONTH}){_NO_VERB}"
_MONTH_DAY: Final = rf"(?P<month>{MONTH}) ?(?:the )?(?P<day>{DAY})\b{_NO_COUNT}"
_BEFORE_NTH: Final = "|".join(
    rf"(?<={word} )"
    for word in ("on", "by", "until", "till", "from", "is", "'s", "its", "for", "to", "due")
)
_BEFORE_SHORT: Final = "|".join(
    rf"(?<={word} )" for word in ("on", "by", "until", "till", "from", "come", "for", "due")
)
_HOLIDAY: Final = "|".join(
    [*(words for words, _, _ in read.HOLIDAYS), r"easter(?: sunday)?", r"pancake day"]
)
_NO_DECORATION: Final = (
    r"(?! (?:movies?|films?|part(?:y|ies)|music|songs?|trees?|lights?|breaks?|holidays?|hols"
    r"|shopping|dinner|lunch|presents?|gifts?|cards?|jumpers?|markets?|spirit|balls?|concerts?"
    r"|exams?|time|stuff|decorations|eggs?|cookies|costumes?|weekend|eve|dinner|monday)\b)"
)
_UNIT: Final = r"(?P<unit>days?|nights?|weeks?|fortnights?|months?|years?)"


def _rule(source: str, reader: read.Reader) -> Rule:
    return re.compile(rf"(?<![\w'$£€])(?:{source})(?!\w)", re.IGNORECASE | re.ASCII), reader


_NUMBERS: Final = (
    _rule(r"(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)", read.iso),
    _rule(
        rf"(?:{_BEFORE_SHORT}|(?=[\d/]{{4,6}}20\d\d))"
        r"(?P<one>\d{1,2})/(?P<other>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?(?!/)",
        read.slashed,
    ),
    _rule(
        rf"(?:from )?(?:the )?(?P<day>{DAY})(?: of)? (?P<month>{MONTH}){_TO}(?:the )?"
        rf"(?P<other>{DAY})(?: of)? (?P<other_month>{MONTH})",
        read.month_days,
    ),
    _rule(
        rf"(?:from )?(?:the )?(?P<day>{DAY}){_TO}(?:the )?(?P<other>{DAY})(?: of)?"
        rf" (?P<month>{MONTH}){_NO_VERB}",
        read.month_days,
    ),
    _rule(
        rf"(?:from )?(?P<month>{MONTH}) (?:the )?(?P<day>{DAY}){_TO}(?:(?P<other_month>{MONTH}) )?"
        rf"(?:the )?(?P<other>{DAY})\b{_NO_COUNT}",
        read.month_days,
    ),
    _rule(rf"(?:{SHORT_WEEKDAY},? )?{_DAY_OF}{_YEAR}", read.month_day),
    _rule(rf"(?:{SHORT_WEEKDAY},? )?{_MONTH_DAY}{_YEAR}", read.month_day),
    _rule(rf"(?P<weekday>{SHORT_WEEKDAY}),? (?:the )?(?P<day>{NTH}){_ENDS}", read.weekday_nth),
    _rule(
        rf"(?:from |{_BEFORE_NTH})(?:the )?(?P<day>{NTH}){_TO}(?:the )?(?P<other>{NTH}){_ENDS}",
        read.nths,
    ),
    _rule(
        rf"(?:the )?(?P<which>{_WHICH_NTH}) (?P<weekday>{SHORT_WEEKDAY}) (?:of|in) (?:the )?"
        rf"(?:(?P<month>{MONTH})|(?P<that>next|this) month)",
        read.nth_weekday,
    ),
    _rule(rf"the (?P<day>{NTH}) of (?:next|this|last) month", read.nth),
    _rule(
        rf"(?:{_BEFORE_NTH})(?:the )?(?P<day>{NTH})(?: (?:of )?(?:next|this) month|{_ENDS})",
        read.nth,
    ),
    _rule(
        rf"(?<!of )(?<!was )(?<!came )(?<!i'm )(?<!im )the (?P<day>{_LATE_NTH}){_ENDS}",
        read.nth,
    ),
)
_COUNTED: Final = (
    _rule(r"(?:the )?day after (?:tomorrow|tmrw|tmr)", read.relative(2)),
    _rule(r"(?:the )?day before yesterday", read.relative(-2)),
    _rule(
        rf"(?P<number>{NUMBER}) (?P<unit>weeks?) (?:from|on) (?:this )?(?P<weekday>{WEEKDAY})",
        read.counted,
    ),
    _rule(rf"(?P<weekday>{WEEKDAY}) week", read.week_on),
    _rule(rf"(?P<number>{NUMBER}) {_UNIT} (?P<origin>today|tomorrow)", read.counted),
    _rule(rf"(?P<number>{NUMBER}) (?:more )?{_UNIT} to go", read.counted),
    _rule(rf"(?P<number>{NUMBER}) {_UNIT} from (?P<origin>now|today|tomorrow)", read.counted),
    _rule(rf"(?P<number>{NUMBER}) {_UNIT} ago(?: today| tomorrow| tonight)?", read.counted),
    _rule(
        rf"in (?:like |about |only |just )?(?P<number>{NUMBER}) {_UNIT}(?:'? time)?"
        r"(?! (?:of|straight)\b)",
        read.counted,
    ),
    _rule(
        rf"(?P<number>{NUMBER}) (?:more )?{_UNIT} (?:left |to go )?(?:until|till|til)", read.counted
    ),
)
_WEEKDAYS: Final = (
    _rule(
        r"(?:this )?(?P<holiday>good friday|easter monday|shrove tuesday|ash wednesday)",
        read.holiday,
    ),
    _rule(rf"(?:black|freaky|cyber|palm|casual) {WEEKDAY}", read.nothing),
    _rule(
        r"(?P<weekday>sat|sun)(?=(?:'s)? (?:morning|afternoon|evening|night|arvo)\b)", read.weekday
    ),
    _rule(
        rf"(?P<from>from |between )?(?:(?P<which>next) )?(?P<weekday>{SHORT_WEEKDAY})"
        rf"(?: ?[-–] ?| (?:to|until|till|til|thru|through) |(?(from) and ))"
        rf"(?P<other>{SHORT_WEEKDAY})",
        read.weekdays,
    ),
    _rule(
        rf"(?P<weekday>{SHORT_WEEKDAY})(?: (?:morning|afternoon|evening|night))?(?: of)? "
        r"(?P<which>this|next|last) week",
        read.weekday_of,
    ),
    _rule(rf"(?P<which>this|next|last) week (?:on )?(?P<weekday>{SHORT_WEEKDAY})", read.weekday_of),
    _rule(rf"(?P<weekday>{WEEKDAY}) (?P<which>after next)", read.weekday_of),
    _rule(
        rf"(?P<which>this coming|this|next|last|coming) (?P<weekday>{SHORT_WEEKDAY})",
        read.weekday_of,
    ),
    _rule(rf"(?:{_BEFORE_SHORT})(?P<weekday>{SHORT_WEEKDAY})(?!')", read.weekday),
    _rule(rf"(?P<weekday>{WEEKDAY})(?!')", read.weekday),
)
_STRETCHES: Final = (
    _rule(r"(?:(?P<which>this coming|this|next|last)|the) weekend", read.weekend),
    _rule(r"(?:the )?week (?P<which>after next)", read.whole_week),
    _rule(
        rf"(?:the )?end of (?:(?P<which>this|next|the) month|(?P<month>{MONTH}))", read.month_end
    ),
    _rule(r"(?P<which>this|next|last) week", read.whole_week),
    _rule(r"(?P<which>this|next|last) month", read.whole_month),
    _rule(r"(?P<which>next|last) year", read.whole_year),
    _rule(rf"(?:in|early|mid|late|this|next|last) (?P<month>{MONTH})", read.named_month),
)
_WORDS: Final = (
    _rule(
        rf"(?:(?:this|next|last) )?(?P<holiday>{_HOLIDAY}|thanksgiving){_NO_DECORATION}(?!')",
        read.holiday,
    ),
    _rule(TOMORROW, read.relative(1)),
    _rule(
        r"(?:tonight|tonite|2nite|today|this (?:morning|afternoon|evening))(?!')", read.relative(0)
    ),
    _rule(r"(?:yesterday|last night)(?!')", read.relative(-1)),
)
RULES: Final[tuple[Rule, ...]] = (*_NUMBERS, *_COUNTED, *_WEEKDAYS, *_STRETCHES, *_WORDS)
