"""When a reply answers the shape of an everyday message: nothing surer is known of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from qingting.companion.plan.felt import GLAD, heard_feeling
from qingting.companion.plan.plan import Plan, Why
from qingting.companion.understand.reading import at_least
from qingting.companion.understand.remarks import (
    Remark,
    beside_feeling,
    follows,
    is_heavy,
    remark_of,
)
from qingting.companion.work import Work

# A feeling weaker than this is a guess, and no reason to pass over what was said.
_PLAIN: Final = 0.5
# The reasons that everyday words may take the place of.
_GIVES_WAY: Final = ("unsure", "heard_topic", "heard_feeling")


def with_remark(work: Work, plan: Plan) -> Plan:
    """The plan, with the remark that the message is where that is the most that is known. What its
    reply takes up is put into the slots of the work."""
    if plan.small is not None or plan.situation is not None or plan.stage == "act":
        return plan
    remark = remark_of(work.message.text, work.language, heavy=_heavy(work))
    if plan.why not in _GIVES_WAY or not _leads(work):
        # It says what may be asked; the reply opens with what is surer.
        return replace(plan, remark=beside_feeling(remark))
    found = {"thing": remark.thing, "when": remark.when}
    taken = {name: words for name, words in found.items() if words is not None}
    work.chooser.slots = {**work.chooser.slots, **taken}
    return replace(plan, remark=remark, why=_why(work, plan, remark))


def _why(work: Work, plan: Plan, remark: Remark) -> Why:
    """Why the reply is what it is. A few words that show nothing are met with a nod."""
    if remark.leads or follows(remark):
        return plan.why if work.reading.topics else "small_thing"
    return "few_words" if remark.short and plan.why == "unsure" else plan.why


def leaves(work: Work) -> bool:
    """Whether a message says in its last words that they are going."""
    return remark_of(work.message.text, work.language).kind == "leaving"


def tells_more(work: Work) -> bool:
    """Whether a message that seems to end the talk tells of a side of a topic, or of a plain
    heavy feeling, all the same."""
    topics, feeling = work.reading.topics, heard_feeling(work)
    if topics and topics[0].facet is not None:
        return True
    return feeling is not None and feeling.label not in GLAD and feeling.strength >= _PLAIN


def _leads(work: Work) -> bool:
    """Whether neither a side of a topic nor a plain feeling was heard."""
    topics, feeling = work.reading.topics, heard_feeling(work)
    if topics and topics[0].facet is not None:
        return False
    return feeling is None or feeling.strength < _PLAIN


def _heavy(work: Work) -> bool:
    """Whether lightness would be out of place here."""
    topics = work.reading.topics
    about = topics[0].name if topics else work.state.topic
    return at_least(work.episode.level, "moderate") or is_heavy(about)
