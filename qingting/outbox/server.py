"""The operator's mail server, read from one address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal
from urllib.parse import parse_qs, unquote, urlsplit

Tls = Literal["starttls", "ssl", "none"]
_PORTS: Final[dict[Tls, int]] = {"starttls": 587, "ssl": 465, "none": 25}
_HERE: Final = ("127.0.0.1", "localhost", "::1")


class NotAnAddress(ValueError):
    """The address of the mail server cannot be read; says what is wrong and repeats nothing."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail server and who letters come from."""

    host: str
    port: int
    user: str
    password: str
    tls: Tls
    sender: str


def mail_of(url: str, sender: str) -> Mail:
    """smtp://name:...@host:587?tls=starttls|ssl|none. Without tls: starttls, and none for a
    server on this machine. Raises NotAnAddress."""
    found = urlsplit(url)
    if found.scheme not in ("smtp", "smtps") or not found.hostname:
        raise NotAnAddress("it must begin with smtp:// or smtps:// and name a host")
    usual: Tls = "none" if found.hostname in _HERE else "starttls"
    asked = parse_qs(found.query).get("tls", ["ssl" if found.scheme == "smtps" else usual])[-1]
    tls = next((one for one in _PORTS if one == asked), None)
    if tls is None:
        raise NotAnAddress("tls must be starttls, ssl or none")
    try:
        port = found.port or _PORTS[tls]
    except ValueError:
        raise NotAnAddress("its port is no number") from None
    user, password = unquote(found.username or ""), unquote(found.password or "")
    return Mail(found.hostname, port, user, password, tls, sender)
