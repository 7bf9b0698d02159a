"""Requests that no browser sends: too large, too slow, torn, lying about where they come from."""

from __future__ import annotations

import asyncio
import socket
import time
import uuid
from pathlib import Path
from typing import Any

import pytest

from qingting.site.limits import MOST_BYTES, Limited
from tests.site.behind_proxy import HOST, ORIGIN, Browser, raw

pytestmark = pytest.mark.process

FORM = {"Content-Type": "application/x-www-form-urlencoded", "Origin": ORIGIN}
HEAD = f"Host: {HOST}\r\nX-Forwarded-Proto: https\r\n"


@pytest.mark.parametrize(
    "where",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "https://evil.example",
        "https:evil.example",
        "http:///evil.example",
        "javascript:alert(1)",
        "/\t/evil.example",
        "\x00//evil.example",
        "///evil.example",
        "//evil%E3%80%82example",
    ],
)
def test_redirects_stay_here(port: int, where: str) -> None:
    browser = Browser(port)
    for path, fields in (
        ("/language/", {"language": "en", "next": where}),
        (
            "/account/signup/",
            {"username": f"a{uuid.uuid4().hex[:8]}", "password1": "a quiet river", "next": where},
        ),
    ):
        address = f"10.1.{len(where)}.{hash(where) % 200}"
        answer = browser.post(path, fields, **{"X-Forwarded-For": address})
        assert answer.status == 302
        location = answer.header("Location")
        assert location.startswith("/"), location
        assert not location.startswith(("//", "/\\", "/\t")), location


def test_names_of_other_hosts(port: int) -> None:
    for host in ("evil.example", f"{HOST}@evil.example", f"{HOST}.evil.example", "", "a b"):
        answer = Browser(port).ask("/", headers={"Host": host})
        assert answer.status == 400, host
        assert not host or host not in answer.text
    forwarded = Browser(port).ask("/account/login/", headers={"X-Forwarded-Host": "evil.example"})
    assert forwarded.status == 200
    assert "evil.example" not in forwarded.text
    assert Browser(port).ask("/healthz", headers={"Host": "127.0.0.1"}).text == "ok"


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "OPTIONS"])
def test_other_methods(port: int, method: str) -> None:
    answer = Browser(port).ask("/me/erase/", method, headers={"X-Marker": "sent back?"})
    assert answer.status in (400, 403, 405)
    assert "sent back?" not in answer.text


def test_a_method_cannot_be_put_on(port: int) -> None:
    browser = Browser(port)
    browser.post("/", {"text": "hello", "key": uuid.uuid4().hex})
    over = {"X-HTTP-Method-Override": "POST", "X-Method-Override": "POST"}
    assert browser.ask("/me/export/?_method=POST", headers=over).status == 405


def test_too_large(port: int) -> None:
    browser = Browser(port)
    body = b"text=" + b"x" * (300 * 1024)
    assert browser.ask("/", "POST", body, FORM).status == 400
    # The server waits a while for a body that never comes, so that a real sender hears the answer.
    lying = f"POST / HTTP/1.1\r\n{HEAD}Content-Length: 9999999999\r\n\r\n".encode()
    assert raw(port, lying, wait=30).startswith(b"HTTP/1.1 413")
    chunk = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    endless = f"POST / HTTP/1.1\r\n{HEAD}Transfer-Encoding: chunked\r\n\r\n".encode()
    sent = endless + chunk * (MOST_BYTES // 0x10000 + 2)
    assert raw(port, sent, wait=30).startswith(b"HTTP/1.1 413")
    assert browser.ask("/" + "a" * 3000).status == 414
    many = "&".join(f"f{n}=1" for n in range(3000)).encode()
    assert browser.ask("/", "POST", many, FORM).status in (400, 403)
    assert browser.ask("/", headers={"X-Long": "x" * 200_000}).status == 431


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"[" * 100_000),
        ("application/x-www-form-urlencoded", b"text=%00&tz=%00&key=%00"),
        ("application/x-www-form-urlencoded", b"text=%ff%fe%ed%a0%80&\xff=\xfe"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"text=+AGEAYg-"),
        ("multipart/form-data; boundary=B", b"--B\r\nContent-Disposition: form-data\r\n\r\n"),
        ("multipart/form-data", b"nothing"),
        ("multipart/form-data; boundary=" + "B" * 300, b"x"),
        (
            "multipart/form-data; boundary=B",
            b'--B\r\nContent-Disposition: form-data; name="text"; filename="../../a.py"\r\n\r\n'
            b"x\r\n--B--\r\n",
        ),
    ],
)
def test_bodies_that_are_none(port: int, kind: str, body: bytes) -> None:
    browser = Browser(port)
    browser.ask("/")
    token = {"X-CSRFToken": browser.cookies["__Host-csrftoken"]}
    for path in ("/", "/safety/plan/", "/account/login/", "/me/erase/", "/language/"):
        answer = browser.ask(path, "POST", body, {**FORM, **token, "Content-Type": kind})
        assert answer.status < 500, path
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/%00",
        "/%ff%fe",
        "/talk/%00/",
        "/now/?place=%00%ff",
        "/static/../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/static/..%2f..%2fetc%2fpasswd",
        "/static/%5c..%5c..%5cetc%5cpasswd",
        "/static//etc/passwd",
        "/.git/config",
        "/.env",
        "/data/secrets/master.key",
        "/static/",
        "/skills/pace/ax99999999999999999999.css",
        "/account/devices/%00/out/",
    ],
)
def test_odd_paths(port: int, path: str) -> None:
    answer = Browser(port).ask(path)
    assert answer.status in (200, 400, 404)
    assert "root:" not in answer.text
    assert "[core]" not in answer.text
    if answer.status == 200:
        assert path.startswith("/now/")


@pytest.mark.parametrize(
    "head",
    [
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\nContent-Length: 40\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding : chunked\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: 0x5\r\n",
    ],
)
def test_no_second_request_is_smuggled_in(port: int, head: str) -> None:
    inner = f"GET /robots.txt HTTP/1.1\r\n{HEAD}\r\n"
    said = raw(port, f"POST / HTTP/1.1\r\n{HEAD}{head}\r\n0\r\n\r\n{inner}".encode(), wait=1.5)
    assert b"Disallow" not in said or said.startswith(b"HTTP/1.1 4")
    assert said.count(b"Disallow: /\n") == 0


def test_headers_cannot_be_split(port: int) -> None:
    browser = Browser(port)
    answer = browser.post("/language/", {"language": "en", "next": "/\r\nSet-Cookie: evil=1"})
    assert "evil" not in "".join(answer.headers.get_all("Set-Cookie") or [])
    answer = browser.ask("/now/?place=CN%0d%0aSet-Cookie:%20evil=1")
    assert "evil" not in "".join(answer.headers.get_all("Set-Cookie") or [])


def test_slow_ones_keep_nobody_waiting(port: int) -> None:
    slow = [socket.create_connection(("127.0.0.1", port)) for _ in range(100)]
    try:
        for one in slow:
            one.sendall(f"POST / HTTP/1.1\r\n{HEAD}Content-Length: 400\r\n\r\nte".encode())
        begun = time.monotonic()
        assert Browser(port).ask("/now/").status == 200
        assert time.monotonic() - begun < 5
    finally:
        for one in slow:
            one.close()


async def test_a_body_that_does_not_come_is_not_waited_for() -> None:
    sent: list[dict[str, Any]] = []

    async def inner(scope: Any, receive: Any, send: Any) -> None:
        while (await receive())["more_body"]:
            pass

    async def receive() -> dict[str, Any]:
        await asyncio.sleep(0.02)
        return {"type": "http.request", "body": b"x", "more_body": True}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    await Limited(inner, seconds=0.1)({"type": "http", "headers": []}, receive, send)
    assert sent[0]["status"] == 408


def test_nothing_of_it_all_is_in_the_log(port: int, folder: Path) -> None:
    browser = Browser(port)
    words = f"river{uuid.uuid4().hex}"
    browser.ask("/", "POST", f"text={words}".encode(), FORM)
    kind = {**FORM, "Content-Type": "application/x-www-form-urlencoded; charset=utf-7"}
    browser.ask("/", "POST", f"text={words}".encode(), kind)
    browser.post("/", {"text": words, "key": uuid.uuid4().hex})
    browser.ask("/", "POST", b"text=" + words.encode() * 9000, FORM)
    log = (folder / "log").read_text()
    assert words not in log
    assert "Traceback" not in log
    assert " ERROR uvicorn" not in log


@pytest.mark.parametrize(
    ("path", "fields", "tries", "says"),
    [
        ("/account/login/", {"login": "nobody-here", "password": "a quiet river"}, 12, "too often"),
        ("/account/signup/", {"username": "x", "password1": "a quiet long river"}, 24, "slower"),
        (
            "/account/password/forgotten/",
            {"username": "nobody-here", "code": "abcd", "password": "a quiet long river"},
            7,
            "too often",
        ),
    ],
)
def test_tries_are_counted(
    port: int, path: str, fields: dict[str, str], tries: int, says: str
) -> None:
    browser = Browser(port)
    address = {"X-Forwarded-For": f"10.9.0.{tries}"}
    answers = [browser.post(path, fields, **address) for _ in range(tries)]
    assert says not in answers[0].text
    assert says in answers[-1].text or answers[-1].status == 429, answers[-1].text


def test_copies_are_counted(port: int) -> None:
    browser = Browser(port)
    browser.post("/", {"text": "hello", "key": uuid.uuid4().hex})
    found = [browser.post("/me/export/", {}).status for _ in range(11)]
    assert found == [200] * 10 + [429]
