"""What a scanner that only looks says about one answer: headers, the content policy, what stands in
the page that should not, what a cookie allows. Of any answer, over a socket or in one process."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tests.site.behind_proxy import Answer, Page

# Pages with nobody's words in them, which may be kept for when there is no network.
PUBLIC = re.compile(r"/(?:now|about|privacy|terms|notes|library|protocol)/|/safety/card/")
ALONE = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "strict-transport-security": "max-age=31536000; includeSubDomains",
    "x-frame-options": "DENY",
}
_TELLING = ("server", "x-powered-by", "access-control-allow-origin", "via")


def has_headers(where: str, answer: Answer) -> None:
    """Every header of safety, and none that tells what this is made of."""
    for name, value in ALONE.items():
        assert answer.header(name) == value, (where, name)
    assert answer.header("permissions-policy").count("=()") >= 10, where
    assert answer.header("cross-origin-opener-policy") == "same-origin", where
    for tells in _TELLING:
        assert not answer.header(tells), (where, tells)
    if answer.body:
        assert "charset=utf-8" in answer.header("content-type"), where
    assert "evil.example" not in answer.text, where


def has_policy(where: str, answer: Answer) -> None:
    """Only what is ours is loaded, and nobody frames it."""
    policy = answer.header("content-security-policy")
    for needed in (
        "default-src 'none'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ):
        assert needed in policy, (where, needed)
    assert not re.search(r"unsafe|\*|https?:", policy), (where, policy)
    scripts = re.search(r"script-src ([^;]*)", policy)
    assert scripts, where
    assert scripts[1] == "'self'", where


def is_not_kept(where: str, answer: Answer) -> None:
    """A page that may have words in it stays in no cache."""
    if answer.status == 200 and not PUBLIC.search(where):
        assert "no-store" in answer.header("cache-control"), where


def is_all_ours(where: str, answer: Answer) -> None:
    """Nothing inline, nothing from elsewhere, and every form that changes something has its
    token. A file to be saved brings the style it is read with, and nothing that runs."""
    page = Page(answer.text)
    saved = answer.header("content-disposition").startswith("attachment")
    assert set(page.inline) <= ({"style"} if saved else set()), where
    assert page.elsewhere == [], where
    for form in page.forms:
        if form.method == "post":
            assert "csrfmiddlewaretoken" in form.fields, (where, form.action)


def tells_nothing(where: str, answer: Answer) -> None:
    """An error page says nothing of what is behind it."""
    if answer.status >= 400:
        assert not re.search(
            r"(?i)traceback|django|python|exception|ALLOWED_HOSTS|site-packages|\.py", answer.text
        ), where


def cookies_are_shut(lines: Sequence[str]) -> None:
    """Each Set-Cookie line: over TLS alone, out of scripts' and other sites' reach."""
    for line in lines:
        parts = {one.strip().lower() for one in line.split(";")[1:]}
        assert {"secure", "httponly", "samesite=lax", "path=/"} <= parts, line
        assert not any(one.startswith("domain") for one in parts), line
