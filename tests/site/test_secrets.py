"""No secret is in the tree: keys, tokens, passwords in addresses. Small patterns of our own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("qingting", "docs", "tests", "evals", "bench", "training", ".ci")
MOST_BYTES = 2_000_000
PATTERNS = {
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[A-Za-z0-9+/=]{40}",
    "AWS": r"(?:AKIA|ASIA)[0-9A-Z]{16}\b",
    "GitHub": r"(?:gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9_]{40,})",
    "GitLab": r"glpat-[A-Za-z0-9_-]{20}",
    "model": r"\bsk-(?:[a-z]+-)?[A-Za-z0-9]{24,}",
    "Slack": r"xox[abprs]-[A-Za-z0-9-]{20,}",
    "Google": r"AIza[0-9A-Za-z_-]{35}",
    "JWT": r"eyJ[A-Za-z0-9_-]{15,}\.eyJ[A-Za-z0-9_-]{15,}\.[A-Za-z0-9_-]{20,}",
    "PyPI": r"pypi-[A-Za-z0-9_-]{50,}",
    "password in an address": r"://[^\s/:@\"'<>{}$]{1,40}:[^\s/@\"'<>{}$]{6,60}@",
    "master key": r"(?:KEY|key)[\"']?\s*[:=]\s*[\"'][A-Za-z0-9+/]{43}=[\"']",
}
COMPILED = [re.compile(one) for one in PATTERNS.values()]
# Invented for tests that need one.
INVENTED = ("hidden@h/", "hunter2@db/", "QUFBQUFB")


def files() -> Iterator[Path]:
    yield from (one for one in ROOT.iterdir() if one.is_file() and not one.name.endswith(".lock"))
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts and "out" not in path.parts:
                yield path


def secrets_in(text: str) -> list[str]:
    """Where in a text something looks like a secret: never the secret itself."""
    return [
        f"line {text.count(chr(10), 0, one.start()) + 1}"
        for pattern in COMPILED
        for one in pattern.finditer(text)
        if not any(each in text[one.start() : one.end() + 8] for each in INVENTED)
    ]


def test_no_secret_is_in_the_tree() -> None:
    found = {}
    for path in files():
        if path.stat().st_size <= MOST_BYTES and (
            said := secrets_in(path.read_bytes().decode("utf-8", "ignore"))
        ):
            found[str(path.relative_to(ROOT))] = said
    assert found == {}


@pytest.mark.parametrize(
    "secret",
    [
        "-----BEGIN " + "RSA PRIVATE KEY-----\n" + "A" * 60,
        "AKIA" + "ABCDEFGHIJKLMNOP",
        "ghp_" + "a1" * 18,
        "sk-" + "a1b2" * 8,
        "postgresql://" + "user:" + "hunter22@host/name",
        "eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + "abcdefghijklmnopqrstuvw",
        'master_key = "' + "A" * 43 + '="',
    ],
)
def test_each_would_be_seen(secret: str) -> None:
    assert secrets_in(f"first line\n{secret}\n") == ["line 2"]


def test_what_is_none_is_left_alone() -> None:
    for text in ("postgresql://user@host/name", "https://example.edu/a:b@c", "sk-learn", "AKIA"):
        assert secrets_in(text) == []
