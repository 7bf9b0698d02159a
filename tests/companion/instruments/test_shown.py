"""What a person is shown of a questionnaire holds its owner's words and no label: the names of
bands and of what a questionnaire is about stay with the operator."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import get_args

import pytest

from qingting.companion.instruments.change import Change
from qingting.companion.instruments.instrument import Instrument
from qingting.companion.instruments.shelf import instruments, screening

LABELS = re.compile(
    r"diagnos|disorder|depression|symptom|patient|illness|disease|clinical|severe|severity|moderate|\bmild|"
    r"minimal|insomnia|suicidal|诊断|症状|患者|病人|抑郁症|焦虑症|障碍|失眠|轻度|中度|重度|阳性|阴性",
    re.I,
)
each = pytest.mark.parametrize("one", instruments().values(), ids=lambda one: one.key)


def shown(one: Instrument) -> Iterator[str]:
    for wording in one.wordings.values():
        yield from (wording.title, wording.stem, *wording.items.values())
        for by_value in wording.options.values():
            yield from by_value.values()


@each
def test_nothing_that_is_shown_is_a_label(one: Instrument) -> None:
    owners = [wording.licence.attribution for wording in one.wordings.values()]
    assert [text for text in (*shown(one), *owners) if LABELS.search(text)] == []


@each
def test_no_name_of_a_band_or_of_what_it_is_about_is_shown(one: Instrument) -> None:
    names = {band.key.replace("_", " ") for band in one.bands if len(band.key) > 4}
    names |= {one.construct, *one.subscales} - {"well-being", "self-esteem"}
    for text in shown(one):
        assert not [name for name in names if name in text.lower()], text


def test_a_change_is_told_in_no_clinical_word() -> None:
    assert [word for word in get_args(Change) if LABELS.search(word)] == []


def test_the_sentence_of_the_law_is_the_one_place_for_its_words() -> None:
    assert "筛查结果不能代替诊断，请到医疗机构" in screening("zh")
    assert screening("en").startswith("Screening is not a diagnosis.")
