"""Handing one letter to the operator's mail server."""

from __future__ import annotations

import smtplib
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from qingting.outbox.server import Mail

# Longer than a slow server takes, shorter than somebody in danger can wait for the next try.
_TIMEOUT: Final = 20


@dataclass(frozen=True, slots=True)
class Written:
    """A letter ready to go. text: as it is read."""

    id: UUID
    to: str
    subject: str
    text: str


class Refused(Exception):
    """The server will never take this letter; trying again is of no use."""


class NotNow(Exception):
    """It could not be handed over now. Its text is the name of the error and nothing else."""


def hand_over(mail: Mail, letter: Written) -> None:
    """Give one letter to the server. The same letter has the same Message-ID whenever it is sent,
    so that a mailbox which gets it twice can tell. Raises Refused, NotNow; neither says anything of
    the letter, for servers repeat addresses in what they answer."""
    backend = EmailBackend(
        host=mail.host,
        port=mail.port,
        username=mail.user,
        password=mail.password,
        use_tls=mail.tls == "starttls",
        use_ssl=mail.tls == "ssl",
        timeout=_TIMEOUT,
    )
    message = EmailMessage(
        subject=" ".join(letter.subject.split()),
        body=letter.text,
        from_email=mail.sender,
        to=[letter.to],
        headers={
            "Message-ID": f"<{letter.id.hex}@{_domain(mail.sender)}>",
            # No "I am on holiday" comes back.
            "Auto-Submitted": "auto-generated",
        },
        connection=backend,
    )
    try:
        message.send()
    except smtplib.SMTPException as error:
        name = type(error).__name__
        if _for_good(error):
            raise Refused(name) from None
        raise NotNow(name) from None
    except (OSError, ValueError) as error:
        raise NotNow(type(error).__name__) from None


def _for_good(error: smtplib.SMTPException) -> bool:
    """Whether the server said "never" (5xx) of this letter, and not only "not now" (4xx). That it
    does not know us (535) may be put right by the operator."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPResponseException) and error.smtp_code >= 500


def _domain(sender: str) -> str:
    found = sender.rpartition("@")[2].strip("<> ")
    return found if found.isascii() and found else "localhost"
