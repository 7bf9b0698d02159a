"""What stands beside the talk in a voice: a few words that say what it is, an AI among them."""

from __future__ import annotations

from qingting.companion.person import Person
from qingting.companion.voice.words import voice_words
from qingting.companion.words.script import in_script


def label_for(which: str, reader: Person) -> str:
    """The label of a voice in the reader's language and characters; "" for the plain one, and for
    one that this language cannot give."""
    words = voice_words(reader.language, which)
    return in_script(words.label, reader) if words is not None else ""
