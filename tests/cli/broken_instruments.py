"""One small mistake of every kind that a questionnaire can have: (code, what is put out, what is
put in, a text on the line where it is found). Each is made in a copy of one questionnaire."""

from __future__ import annotations

from typing import Final

COPIED: Final = "instruments/gad2.toml"
_ITEM: Final = '{ key = "q2", answers = "often", code = "68509-9" }'
_ONE: Final = "item = ["
_SUBSCALE: Final = '[subscales]\nworry = ["q7"]\n\n[wording.en]'
MISTAKES: Final = (
    ("instrument", 'answers = "often", code = "69725-0"', 'answers = "seldom"', ""),
    ("item_twice", 'key = "q2"', 'key = "q1"', _ONE),
    ("answers_order", "values = [0, 1, 2, 3]", "values = [0, 1, 3, 2]", "[answers.often]"),
    ("danger_unreached", _ITEM, _ITEM.replace(" }", ", danger_from = 7 }"), _ONE),
    ("only_if_unknown", _ITEM, _ITEM.replace(" }", ', only_if = ["q1"] }'), _ONE),
    ("subscale_unknown", "[wording.en]", _SUBSCALE, "worry ="),
    ("bands_gap", "least = 3", "least = 4", "band = ["),
    ("score_outside", "cutoff = 3", "cutoff = 30", "cutoff ="),
    ("counts_nothing", " code", " scored = false, code", _ONE),
    ("code_unverified", "69725-0", "69725-1", _ONE),
    ("wording_lacks", 'stem = "O', 'stem = ""  # "O', "[wording.en]"),
    ("text_without_status", 'status = "unverified"', 'status = "none"', 'status = "none"'),
    ("item_unsaid", 'q2 = "Not', 'q2 = ""  # "Not', "[wording.en.items]"),
    ("answer_unsaid", '3 = "几', '3 = ""  # "几', "[wording.zh.answers.often]"),
    ("words_unused", 'q2 = "不', 'q3 = "x"\nq2 = "不', "q3 ="),
    ("licence_open", 'verified_on = "2026-11-21"\n', "", "[wording.en.licence]"),
    ("may_not_ship", 'status = "free"', 'status = "operator_only"', "[wording.en.licence]"),
    ("own_folder", 'status = "free"', 'status = "non_commercial"', "[wording.en.licence]"),
)
