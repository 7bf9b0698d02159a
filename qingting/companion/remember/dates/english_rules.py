"""The ways English names days, as rules in order: an earlier one takes the words it reads.

A rule may read words and name no day (a day that is not in the calendar, "9/11"); they stay taken.
"""

from __future__ import annotations

import re
from typing import Final

from qingting.companion.remember.dates import english_read as read
from qingting.companion.remember.dates.english_holidays import NAMES, holiday
from qingting.companion.remember.dates.english_words import (
    DAY,
    LATE_SPOKEN,
    MONTH,
    NTH,
    NUMBER,
    SHORT_WEEKDAY,
    TOMORROW,
    WEEKDAY,
)

Rule = tuple[re.Pattern[str], read.Reader]

_TO: Final = r"(?: ?[-–] ?| (?:to|until|till|til|through|thru) )"
# What may follow "the 3rd" when it is a day: "the 3rd floor" is none.
_ENDS: Final = (
    r"(?=\s*(?:$|[,.;:!?)\n…-]|(?:and|at|so|but|i|im|i'm|i've|ive|ill|i'll|we|it|its|it's|which|with"
    r"|to|because|bc|cause|cos|for|lol|lmao|ugh|omg|idk|or|then|if|whether|when|where|they|my"
    r"|this month|next month|of (?:this|next|the) month|morning|afternoon|evening|night|in the"
    r"|now|not|instead|tho|though|actually|btw|again|he|she|he's|hes|she's|shes|you|everyone|is|was|will"
    r"|there|theres|there's|they're|theyre|everything|dad|mum|mom|me|u|no|yes|yeah|pls|please|after"
    r"|before|until|till|til|onwards|latest|cuz|w|has|have|can|can't|cant|could|wont|won't|who|what"
    r"|how|really|just|only|also|still|im|ima|as|around|unless|except|all|fml|smh|wish)\b))"
)
# "The 21st" alone is a day; "the 3rd" may be a place in a row, "the 18th" of June is read before.
_LATE_NTH: Final = rf"(?:(?:1\d|2\d|3[01])(?:st|nd|rd|th)|{LATE_SPOKEN})"
# "Leaving the 1st": an early one is a day after what happens on days.
_ON_A_DAY: Final = "|".join(
    rf"(?<=\b{word} )"
    for word in (
        "til", "thru", "around", "leaving", "leave", "leaves", "starting", "start", "starts",
        "begins", "ends", "appointment", "appt", "exam", "test", "interview", "flight", "trip",
        "wedding", "party", "birthday", "bday", "funeral", "surgery", "op", "hearing", "court",
        "coming", "comes", "arrives", "back", "home", "fly", "flying", "off", "moving", "before",
        "it's", "mine's", "hers", "closes", "opens", "finish", "finishes", "return",
    )
)  # fmt: skip
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
    for word in (
        "on",
        "by",
        "until",
        "till",
        "til",
        "from",
        "is",
        "'s",
        "its",
        "for",
        "to",
        "due",
        "and",
        "not",
        "of",
    )
)
_BEFORE_SHORT: Final = "|".join(
    rf"(?<={word} )" for word in ("on", "by", "until", "till", "from", "come", "for", "due")
)
_NO_DECORATION: Final = (
    r"(?! (?:movies?|films?|part(?:y|ies)|music|songs?|trees?|lights?|breaks?|holidays?|hols"
    r"|shopping|presents?|gifts?|cards?|jumpers?|markets?|spirit|balls?|concerts?"
    r"|exams?|time|stuff|decorations|eggs?|cookies|costumes?|weekend|eve|monday)\b)"
)
# An eve or a day is a day whatever is done on it, but for what is watched or sung.
_NO_SCREEN: Final = r"(?! (?:movies?|films?|songs?|music|specials?|cards?|gifts?|presents?)\b)"
_UNIT: Final = (
    r"(?P<unit>days?|nights?|weeks?|wks?|fortnights?|months?|mths?|mnths?|years?|yrs?|sleeps?)"
)
_WEEK: Final = r"(?:week|wk)"
_NEXT: Final = r"this|next|nxt|last"
# What follows a number of days that are left, where they are left until something.
_LEFT_END: Final = (
    r"(?= *(?:$|[,.!?\n]|(?:and|then|until|till|til|before|of|in|at|on|here|to go)\b))"
)
# A mark out of so many, not a day of a month.
_NO_MARK: Final = (
    r"(?<!got )(?<!get )(?<!score )(?<!scored )(?<!mark )(?<!marked )(?<!only )(?<!like )(?<!a )"
    r"(?<!rate )(?<!rated )(?<!about )(?<!was )(?<!gave )(?<!him )(?<!her )(?<!me )(?<!it )"
)
_NO_RATING: Final = (
    r"(?! ?(?:of\b|on (?:the|my|a|it|that)\b|in (?:the|my|a|maths?|english)\b"
    r"|right|correct|wrong|marks?|points?|recommend|would|people|%|for (?:the|my)\b"
    r"|questions?|cups?|inch))"
)


def _rule(source: str, reader: read.Reader) -> Rule:
    return re.compile(rf"(?<![\w'$£€])(?:{source})(?!\w)", re.IGNORECASE | re.ASCII), reader


# What happens on a day: "sat" and "sun" after it are days.
_HAPPENS: Final = "|".join(
    rf"(?<=\b{word} )"
    for word in (
        "party", "gig", "game", "match", "show", "concert", "shift", "work", "race", "wedding",
        "exam", "date", "dinner", "prom", "appointment", "interview", "dance", "formal", "test",
        "tournament", "flight", "audition", "recital", "meet", "funeral", "friday", "fri",
    )
)  # fmt: skip

_NUMBERS: Final = (
    _rule(r"(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)", read.iso),
    _rule(
        rf"(?:{_BEFORE_SHORT}|(?=[\d/]{{4,6}}20\d\d))"
        r"(?P<one>\d{1,2})/(?P<other>\d{1,2})(?:/(?P<year>20\d\d|\d\d))?(?!/)",
        read.slashed,
    ),
    _rule(
        rf"{_NO_MARK}(?<![/.-])(?P<bare>)(?P<one>\d{{1,2}})/(?P<other>\d{{1,2}})"
        rf"(?:/(?P<year>20\d\d|\d\d))?(?![/.]\d){_NO_RATING}",
        read.slashed,
    ),
    _rule(
        rf"(?:the )?(?:week (?:of|commencing|beginning|starting)|w/c|wc) (?:the |mon(?:day)? )?"
        rf"(?:(?P<day>{DAY})(?: of)?(?: (?P<month>{MONTH}))?)(?!\d)",
        read.week_with,
    ),
    _rule(
        rf"(?:the )?(?:week (?:of|commencing|beginning|starting)|w/c|wc) (?P<month>{MONTH}) "
        rf"(?:the )?(?P<day>{DAY})(?!\d)",
        read.week_with,
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
    _rule(
        rf"(?P<weekday>{SHORT_WEEKDAY}),? (?:the )?(?P<day>{NTH})(?! (?:floor|time|place|grade)\b)",
        read.weekday_nth,
    ),
    _rule(
        rf"(?P<weekday>{SHORT_WEEKDAY}),? (?:the )?(?P<day>0?[1-9]|[12]\d|3[01]){_NO_COUNT}{_ENDS}",
        read.weekday_number_of,
    ),
    _rule(
        rf"(?:from |{_BEFORE_NTH}|the )(?:the )?(?P<day>{NTH}){_TO}(?:the )?(?P<other>{NTH})"
        rf"(?! (?:floors?|grades?|places?|years?|century|time)\b)",
        read.nths,
    ),
    _rule(rf"between (?:the )?(?P<day>{NTH}) (?:and|n|&) (?:the )?(?P<other>{NTH})", read.nths),
    # "The 12th and 13th": the ones before are days because the last of them is.
    _rule(
        rf"(?:{_BEFORE_NTH}|the )(?:the )?(?P<day>{NTH})"
        rf"(?=(?:, ?| ?[&/+] ?| (?:and|or|n) )(?:the )?{NTH}{_ENDS})",
        read.nth,
    ),
    _rule(
        r"(?:(?<=st and )|(?<=nd and )|(?<=rd and )|(?<=th and )|(?<=th & )|(?<=th or )"
        r"|(?<=[snrt][tdh] n )|(?<=[snrt][tdh][/+&]))"
        rf"(?P<day>{NTH}){_ENDS}",
        read.nth,
    ),
    _rule(
        rf"(?:(?:on|by|until|till?|for|due) the )(?P<day>0?[1-9]|[12]\d|3[01]){_NO_COUNT}{_ENDS}",
        read.nth,
    ),
    _rule(
        rf"(?:the )?(?P<which>{_WHICH_NTH}) (?P<weekday>{SHORT_WEEKDAY}) (?:of|in) (?:the )?"
        rf"(?:(?P<month>{MONTH})|(?P<that>next|this|the) month)",
        read.nth_weekday,
    ),
    _rule(
        rf"(?:the )?(?P<edge>first|last) (?P<part>day) (?:of|in) "
        rf"(?:(?P<month>{MONTH})|(?P<that>next|this|the) month)",
        read.last_of_month,
    ),
    _rule(
        rf"(?:the )?last (?P<part>week) (?:of|in) "
        rf"(?:(?P<month>{MONTH})|(?P<that>next|this|the) month)",
        read.last_of_month,
    ),
    _rule(
        rf"(?:the )?(?P<part>beginning of|start of|middle of|first week (?:of|in)) "
        rf"(?:(?P<month>{MONTH})|(?P<that>next|this|the) month)",
        read.named_month,
    ),
    _rule(rf"the (?P<day>{NTH}) of (?:next|this|last) month", read.nth),
    _rule(
        rf"(?:{_BEFORE_NTH}|{_ON_A_DAY})(?:the )?(?P<day>{NTH})"
        rf"(?: (?:of )?(?:next|this) month|{_ENDS})",
        read.nth,
    ),
    _rule(
        rf"(?<!of )(?<!was )(?<!came )(?<!i'm )(?<!im )the (?P<day>{_LATE_NTH}){_ENDS}",
        read.nth,
    ),
)
_COUNTED: Final = (
    _rule(r"(?:the )?day after (?:tomorrow|tmrw|tmr|tmw|2moro|tomo)|overmorrow", read.relative(2)),
    _rule(r"(?:the )?day before yesterday", read.relative(-2)),
    _rule(
        rf"(?P<number>{NUMBER}) (?P<unit>weeks?|wks?|fortnights?) (?:(?:from|on) )?(?:this )?"
        rf"(?P<weekday>{SHORT_WEEKDAY})",
        read.counted,
    ),
    _rule(
        rf"(?P<weekday>{SHORT_WEEKDAY}) (?P<unit>week|fortnight)(?! (?:\d|one|two|at|in|of)\b)",
        read.week_on,
    ),
    _rule(rf"(?P<number>{NUMBER}) {_UNIT} (?P<origin>today|tomorrow)", read.counted),
    _rule(rf"(?P<number>{NUMBER}) (?:more )?{_UNIT} to go", read.counted),
    _rule(rf"(?P<number>{NUMBER}) {_UNIT} from (?P<origin>now|today|tomorrow)", read.counted),
    _rule(
        r"(?P<number>)(?P<unit>week|month|fortnight) from (?P<origin>now|today|tomorrow)",
        read.counted,
    ),
    _rule(rf"(?P<number>{NUMBER}) {_UNIT} ago(?: today| tomorrow| tonight)?", read.counted),
    _rule(
        rf"in (?:like |about |only |just )?(?P<number>{NUMBER}) {_UNIT}(?:'? time)?"
        r"(?! (?:of|straight)\b)",
        read.counted,
    ),
    _rule(
        rf"(?P<number>{NUMBER}) (?:more )?{_UNIT} (?:left |to go )?"
        r"(?:until|till|til|(?:b4|before)(?! (?:i|we|he|she|they)\b))",
        read.counted,
    ),
    _rule(rf"(?P<number>{NUMBER}) (?P<left>more) {_UNIT}{_LEFT_END}", read.counted),
    _rule(rf"(?P<number>{NUMBER}) {_UNIT} (?P<left>left){_LEFT_END}", read.counted),
)
_WEEKDAYS: Final = (
    _rule(
        rf"(?:(?:this|next|last) )?(?P<holiday>{NAMES})(?<=day|eve|nye){_NO_SCREEN}(?!'(?!s\b))",
        holiday,
    ),
    _rule(rf"(?:black|freaky|cyber|palm|casual|bloody|sunday bloody) {WEEKDAY}", read.nothing),
    _rule(
        r"sunday scaries|monday blues|mon (?:cher|ch[eé]ri\w*|dieu|amour|amie?|petite?)",
        read.nothing,
    ),
    _rule(r"fri-?yay", read.nothing),
    _rule(r"(?:this )?sat(?:urday)? ?(?:and|n|&|/|\+|or) ?sun(?:day)?", read.both_weekend_days),
    _rule(
        r"(?P<weekday>sat|sun)"
        r"(?=(?:'s)? (?:morning|afternoon|evening|night|nite|arvo|lunch|eve)\b)",
        read.weekday,
    ),
    # "Party's sat", "gig sun 7pm": the sun shines and people sat, but not so.
    _rule(
        r"(?<=[a-z]'s )(?<!\bhe's )(?<!she's )(?<!it's )(?P<weekday>sat|sun)"
        r"(?=\s*(?:$|[,.!?;)\n]|and\b|at \d))",
        read.weekday,
    ),
    _rule(
        rf"(?:{_HAPPENS})(?P<weekday>sat|sun)(?=\s*(?:$|[,.!?;)\n]|(?:and|at|so|but|then|if)\b))",
        read.weekday,
    ),
    _rule(
        r"(?:(?<=[,.!?\n] )|(?<=and )|(?<![\w ]))(?P<weekday>sat|sun)"
        r"(?= (?:i'?m|i|we|we're|he'?s|she'?s|they're|theyre)\b)",
        read.weekday,
    ),
    _rule(
        r"(?<!i )(?<!he )(?<!she )(?<!we )(?<!they )(?<!the )(?<!just )(?P<weekday>sat|sun)"
        r"(?= (?:at )?\d{1,2}(?::\d\d)?(?: ?[ap]m|ish))",
        read.weekday,
    ),
    _rule(
        rf"(?P<from>from |between )?(?:(?P<which>next) )?(?P<weekday>{SHORT_WEEKDAY})"
        rf"(?: ?[-–] ?| (?:to|until|till|til|thru|through) |(?(from) and ))"
        rf"(?P<other>{SHORT_WEEKDAY})(?:(?: of)? (?P<that>next|this) {_WEEK})?",
        read.weekdays,
    ),
    _rule(
        rf"(?P<weekday>{SHORT_WEEKDAY})(?: (?:morning|afternoon|evening|night))?(?: of)? "
        rf"(?P<which>{_NEXT}) {_WEEK}",
        read.weekday_of,
    ),
    _rule(rf"(?P<which>{_NEXT}) {_WEEK} (?:on )?(?P<weekday>{SHORT_WEEKDAY})", read.weekday_of),
    _rule(rf"(?P<weekday>{WEEKDAY}) (?P<which>after next)", read.weekday_of),
    _rule(
        rf"(?P<which>this coming|{_NEXT}|coming) (?P<weekday>{SHORT_WEEKDAY})",
        read.weekday_of,
    ),
    _rule(rf"(?:{_BEFORE_SHORT})(?P<weekday>{SHORT_WEEKDAY})(?!')", read.weekday),
    _rule(rf"(?P<weekday>{WEEKDAY})(?!'(?!s\b)|'s (?:are|suck|were|always|r)\b)", read.weekday),
)
_STRETCHES: Final = (
    _rule(r"(?:the )?(?:weekend|wknd) (?P<which>after next)", read.weekend),
    _rule(rf"(?:(?P<which>this coming|{_NEXT})|the) (?:weekend|wknd|wkend)", read.weekend),
    _rule(r"(?:the )?week (?P<which>after next)", read.whole_week),
    _rule(r"earlier this week", read.nothing),
    _rule(r"later (?:on )?this week", read.rest_of_week),
    _rule(
        rf"(?:the )?end of (?:(?P<which>this|next|the) month|(?P<month>{MONTH}))", read.month_end
    ),
    _rule(rf"(?P<which>{_NEXT}) {_WEEK}", read.whole_week),
    _rule(rf"(?P<which>{_NEXT}) month", read.whole_month),
    _rule(r"(?P<which>next|last) year", read.whole_year),
    _rule(
        rf"(?:in |(?P<part>early|mid|late) )(?P<month>{MONTH}) (?P<year>20\d\d)", read.named_month
    ),
    _rule(rf"(?P<month>(?!may|march){MONTH}) (?P<year>20\d\d)", read.named_month),
    _rule(
        rf"(?:in|(?P<part>early|mid|late)|this|next|last)[ -](?P<month>{MONTH})", read.named_month
    ),
)
_WORDS: Final = (
    _rule(
        rf"(?:(?:this|next|last) )?(?P<holiday>{NAMES}){_NO_DECORATION}(?!'(?!s\b))",
        holiday,
    ),
    _rule(TOMORROW, read.relative(1)),
    _rule(
        r"(?:tonight|tonite|2nite|today|this (?:morning|afternoon|evening))(?!'(?!s\b))",
        read.relative(0),
    ),
    _rule(r"(?:yesterday|last night)(?!')", read.relative(-1)),
)
RULES: Final[tuple[Rule, ...]] = (*_NUMBERS, *_COUNTED, *_WEEKDAYS, *_STRETCHES, *_WORDS)
