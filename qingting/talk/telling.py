"""What a reader is told that is no reply of the companion's: kept or not, told again."""

from __future__ import annotations

from uuid import UUID

from qingting.companion.events import Notice, Pinned, ToRead, Words
from qingting.companion.person import Person
from qingting.companion.protect.notices import notice_text
from qingting.companion.words.script import in_script
from qingting.talk.running import RunningTurn, Wire
from qingting.talk.turns import Answered


def kind_words(conversation: UUID | None, person: Person, *, closed: bool) -> RunningTurn:
    """Told instead of a reply to somebody whose guardian has not said yes, or (closed) to whom the
    law of the place closes everyday talk; nothing is kept."""
    running = RunningTurn(None, conversation)
    kind = "closed_to_minors" if closed else "waits_for_guardian"
    words = notice_text(kind, person.language, "", 0)
    running.tell(dict(Words(in_script(words, person)).wire()))
    running.tell(done(saved=False, running=running))
    running.end()
    return running


def unsaved_notice(person: Person) -> Wire:
    """That this answer is kept nowhere."""
    text = in_script(notice_text("unsaved", person.language, "", 0), person)
    return dict(Notice("unsaved", text).wire())


def done(*, saved: bool, running: RunningTurn, message: UUID | None = None) -> Wire:
    """The last event of a turn, with where it was kept. message: id of the reply, by which it can
    be asked why it is as it is."""
    conversation = running.conversation
    return {
        "event": "done",
        "v": 1,
        "saved": saved,
        "conversation": str(conversation) if conversation and saved else None,
        "message": str(message) if message and saved else None,
    }


def replayed(answered: Answered) -> RunningTurn:
    """A turn that was answered before, told again."""
    running = RunningTurn(answered.id, answered.conversation)
    running.tell({"event": "reading", "v": 1, "language": answered.about.get("language", "zh")})
    if "line" in answered.about:
        label, href = answered.about["line"]
        running.tell(dict(Pinned(label, href).wire()))
    running.tell({"event": "words", "v": 1, "text": answered.reply})
    if "article" in answered.about:
        running.tell(dict(ToRead(*answered.about["article"]).wire()))
    running.tell(done(saved=True, running=running, message=answered.message))
    running.end()
    return running
