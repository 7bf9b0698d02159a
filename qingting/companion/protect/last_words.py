"""What is still said when everything else is broken, content files included.

No number stands here: numbers come from content/resources alone, and the page keeps its own
"Help now" door, which works without us.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from qingting.companion.person import Language

LAST_WORDS: Final[Mapping[Language, str]] = {
    "zh": (
        "我这边出了点故障，没法好好回你，但你说的我看到了。"
        "如果你现在不安全，先别一个人待着，去叫醒一个离你近的人，"
        "页面上的“马上求助”里有现在就能打的电话。"
    ),
    "en": (
        "Something broke on my side and I can't answer you properly, but I did see what you wrote. "
        "If you're not safe right now, don't stay alone with it: wake someone near you, "
        'and "Help now" on this page has lines you can call this minute.'
    ),
}
