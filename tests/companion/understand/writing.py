"""What the tests of hidden writing share: a message read by the rules alone.

The trained heads read beside the rules and may raise a level; whether a trick of writing is undone
must show without them.
"""

from __future__ import annotations

from qingting.companion.understand import risk
from qingting.companion.understand.clean import cleaned
from qingting.companion.understand.normalise import views
from qingting.companion.understand.reading import Risk, at_least


def read(text: str) -> Risk:
    """The danger that the rules find in one message."""
    return risk.read(views(cleaned(text)), ())


def heard(text: str) -> bool:
    """True at moderate or worse."""
    return at_least(read(text).level, "moderate")


def wide(text: str) -> str:
    """ASCII letters and signs in their full-width forms."""
    return "".join(chr(ord(one) + 0xFEE0) if "!" <= one <= "~" else one for one in text)
