"""A real mail server on this machine, for tests: it takes letters or refuses them."""

from __future__ import annotations

import email
import email.policy
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

# It tells every line of every dialogue.
logging.getLogger("mail.log").setLevel(logging.ERROR)


@dataclass(slots=True)
class Mailbox:
    """What came in. answers: what the next letters are answered, one each; then "250"."""

    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        """As QINGTING_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}?tls=none"

    def body(self, number: int = -1) -> str:
        """The text of a letter."""
        text: str = self.letters[number].get_content()
        return text.replace("\r\n", "\n").strip()

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """aiosmtpd's hook."""
        answer = self.answers.pop(0) if self.answers else "250 taken"
        if answer.startswith("250"):
            content: Any = envelope.original_content
            message = email.message_from_bytes(content, policy=email.policy.default)
            assert isinstance(message, EmailMessage)
            self.letters.append(message)
            self.recipients += envelope.rcpt_tos
        return answer


class _Anywhere(Controller):
    """On a free port."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@contextmanager
def mail_server(port: int = 0) -> Iterator[Mailbox]:
    """A mail server in this process."""
    box = Mailbox()
    controller = _Anywhere(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()
