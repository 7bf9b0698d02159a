"""Voices as pages show them: in the reader's language and characters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qingting.companion.person import Person
from qingting.companion.voice.words import VoiceWords, voices
from qingting.companion.words.script import in_script


@dataclass(frozen=True, slots=True)
class ShownVoice:
    """One voice on the page. works: the writings it was learnt from. chosen: it is theirs now."""

    id: str
    name: str
    label: str
    about: str
    works: Sequence[str]
    samples: Sequence[str]
    chosen: bool


def shown(reader: Person, chosen: str) -> list[ShownVoice]:
    """Every voice that there is in the reader's language."""
    return [_shown(one, reader, chosen=one.id == chosen) for one in voices(reader.language)]


def _shown(voice: VoiceWords, reader: Person, *, chosen: bool) -> ShownVoice:
    return ShownVoice(
        voice.id,
        in_script(voice.name, reader),
        in_script(voice.label, reader),
        in_script(voice.about, reader),
        [in_script(work, reader) for work in voice.works],
        [in_script(line, reader) for line in voice.samples],
        chosen,
    )
