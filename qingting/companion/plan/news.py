"""Good news in a message, and whether it may be met gladly."""

from __future__ import annotations

from qingting.companion.plan.felt import glad, just_in_danger
from qingting.companion.plan.small_talk import big_news, good_news
from qingting.companion.work import Work


def news_of(work: Work) -> str | None:
    """What kind of good news a message tells: "big_news", "good_news" or None. What was won is
    congratulated whatever else is felt beside it; the rest only where it is plainly glad."""
    text, language = work.message.text, work.language
    if big_news(text, language) and not just_in_danger(work):
        return "big_news"
    return "good_news" if good_news(text, language) and glad(work) else None
