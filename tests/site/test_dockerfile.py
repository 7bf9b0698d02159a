"""What would be wrong with the image, told from its lines: nothing can be built where tests run.
And that the proxies' examples keep what the pages need."""

from __future__ import annotations

import json
import re
from pathlib import Path

from qingting.site.limits import MOST_BYTES

ROOT = Path(__file__).resolve().parents[2]
DEPLOY = ROOT / "docs" / "deploy"


def steps() -> list[tuple[str, str]]:
    """(instruction, rest) of the Dockerfile, comments gone and lines joined."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    text = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    lines = re.sub(r"\s*\\\n\s*", " ", text).splitlines()
    return [(one.split(None, 1)[0], one.split(None, 1)[1]) for one in lines if one.strip()]


def last_stage() -> list[tuple[str, str]]:
    found = steps()
    begin = max(at for at, (word, _) in enumerate(found) if word == "FROM")
    return found[begin:]


def of(word: str, among: list[tuple[str, str]]) -> list[str]:
    return [rest for each, rest in among if each == word]


def test_only_known_instructions() -> None:
    known = {"FROM", "ENV", "WORKDIR", "RUN", "COPY", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK"}
    assert {word for word, _ in steps()} <= known | {"STOPSIGNAL", "ENTRYPOINT", "CMD"}
    assert of("ADD", steps()) == []


def test_nobody_is_root() -> None:
    users = of("USER", last_stage())
    assert users == ["10001:10001"]
    words = [word for word, _ in last_stage()]
    assert words.index("USER") > max(at for at, word in enumerate(words) if word == "RUN")


def test_packages_are_locked_and_tools_stay_behind() -> None:
    runs = " ; ".join(of("RUN", steps()))
    assert "--require-hashes" in runs
    assert "--only-binary :all:" in runs
    for one in re.findall(r"pip install ([^&;]+)", runs):
        assert "--require-hashes" in one or "--no-deps" in one
    assert "pip uninstall" in runs
    last = " ".join(of("RUN", last_stage()))
    assert not re.search(r"\b(?:pip|apt|apt-get|curl|wget|gcc|git)\b", last)


def test_images_are_named_by_version() -> None:
    for image in of("FROM", steps()):
        assert re.match(r"python:3\.1\d-slim-\w+", image)


def test_no_secret_and_nothing_of_the_clone_goes_in() -> None:
    for word, rest in steps():
        assert not (word in ("ENV", "ARG") and re.search(r"(?i)key|secret|password|token", rest))
    ignored = (ROOT / ".dockerignore").read_text().split()
    assert ignored[0] == "*"
    copied = {
        name.strip("./")
        for rest in of("COPY", steps())
        if "--from" not in rest
        for name in rest.split()[:-1]
    }
    assert {f"!{name}" for name in copied} == {one for one in ignored if one.startswith("!")}
    assert all((ROOT / name).exists() for name in copied)


def test_it_says_how_it_is() -> None:
    assert of("VOLUME", last_stage()) == ["/data"]
    (health,) = of("HEALTHCHECK", last_stage())
    command = json.loads(health[health.index("[") :])
    compile(command[2], "healthcheck", "exec")
    assert "/healthz" in command[2]
    (entry,), (default,) = of("ENTRYPOINT", last_stage()), of("CMD", last_stage())
    assert json.loads(entry) == ["qingting"]
    assert json.loads(default)[0] == "serve"
    assert "PYTHONDONTWRITEBYTECODE=1" in " ".join(of("ENV", last_stage()))


def test_the_proxies_keep_what_pages_need() -> None:
    nginx = (DEPLOY / "nginx.conf").read_text()
    assert nginx.count("{") == nginx.count("}")
    for needed in (
        "proxy_buffering off;",
        "X-Forwarded-For $remote_addr;",
        "X-Forwarded-Proto https;",
        "TLSv1.2 TLSv1.3;",
        "access_log off;",
        f"client_max_body_size {MOST_BYTES // 1024}k;",
    ):
        assert needed in nginx, needed
    assert "add_header" not in nginx
    caddy = (DEPLOY / "Caddyfile").read_text()
    assert caddy.count("{") == caddy.count("}")
    for needed in ("flush_interval -1", "X-Forwarded-For {remote_host}", "max_size 512KB"):
        assert needed in caddy, needed


def test_the_service_locks_itself_in() -> None:
    service = (DEPLOY / "qingting.service").read_text()
    for needed in ("NoNewPrivileges=yes", "ProtectSystem=strict", "DynamicUser=yes", "UMask=0077"):
        assert needed in service, needed
    assert "KEY=" not in service.replace("MASTER_KEY_FILE=", "")
