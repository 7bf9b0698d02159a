"""Other label sets, missing heads, and the command as a process (docs/understand.md)."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from qingting.cli.main import main
from qingting.companion.understand import learned
from qingting.companion.understand.learned.labels import LabelSet
from qingting.companion.understand.learned.model import Learned
from tests.cli.readings import TEXTS, answers


def names(labels: LabelSet, text: str) -> list[str]:
    told = answers({"text": text}, labels=labels)[0]["feelings"]
    strengths = [feeling["strength"] for feeling in told]
    assert strengths == sorted(strengths, reverse=True)
    assert all(0.3 <= strength <= 1 for strength in strengths)
    return [feeling["label"] for feeling in told]


def test_feelings_can_be_named_in_the_labels_of_goemotions() -> None:
    assert "gratitude" in names("goemotions", "thank you so much, that made my day")
    assert "amusement" in names("goemotions", "hahaha this is the funniest thing lmao")
    model = learned.load()
    assert model is not None
    for text in TEXTS:
        assert set(names("goemotions", text)) <= set(model.head("goemotions").labels)


def test_feelings_can_be_named_in_the_labels_of_brighter_by_language() -> None:
    assert "anger" in names("brighter", "气死我了，他凭什么这样对我，真恶心")
    assert "joy" in names("brighter", "i'm so happy, best day ever")
    assert "disgust" not in names("brighter", "ugh that is so gross and disgusting")
    for text in TEXTS:
        assert set(names("brighter", text)) <= {
            "anger", "disgust", "fear", "joy", "sadness", "surprise",
        }  # fmt: skip


def test_the_label_set_changes_the_feelings_and_nothing_else() -> None:
    asked = [
        {"id": text, "text": text, "history": ["你有没有想过结束自己的生命？"]} for text in TEXTS
    ]
    first, *others = [
        [{**told, "feelings": None} for told in answers(*asked, labels=labels)]
        for labels in ("qingting", "goemotions", "brighter")
    ]
    assert all(other == first for other in others)


def test_labels_go_to_their_own_messages_past_a_bad_line() -> None:
    told = answers("nope", {"id": 1, "text": TEXTS[4]}, labels="goemotions", status=1)
    assert "gratitude" in [feeling["label"] for feeling in told[1]["feelings"]]
    assert answers("nope", labels="goemotions", status=1)[0]["id"] is None


@pytest.mark.parametrize("labels", ["goemotions", "brighter"])
def test_without_heads_other_labels_are_refused(
    monkeypatch: pytest.MonkeyPatch, labels: LabelSet
) -> None:
    monkeypatch.setattr(learned, "load", lambda: None)
    (told,) = answers({"id": 1, "text": "hi"}, labels=labels, status=2)
    assert set(told) == {"error"}
    assert labels in told["error"]


def test_without_heads_the_rules_still_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "load", lambda: None)
    told = answers({"id": 1, "text": TEXTS[0]})[0]
    assert told["risk"]["level"] in ("high", "imminent")
    assert told["distortions"] == []


def test_by_letters_alone_every_label_set_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    letters: Learned | None = learned.load(encoder=False)
    monkeypatch.setattr(learned, "load", lambda: letters)
    assert "gratitude" in names("goemotions", TEXTS[4])
    assert answers({"text": TEXTS[0]})[0]["risk"]["level"] in ("high", "imminent")


def test_an_unknown_label_set_is_refused() -> None:
    done = CliRunner().invoke(main, ["understand", "--labels", "ekman"], input="")
    assert done.exit_code == 2
    assert "qingting" in done.output


def command(given: bytes, *options: str, **more: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from qingting.cli.main import main; main()",
            "understand",
            *options,
        ],
        input=given,
        capture_output=True,
        check=False,
        env={**more, "PATH": "", "PYTHONPATH": ":".join(sys.path)},
    )


@pytest.mark.process
@pytest.mark.parametrize("speaks", ["C", "C.UTF-8", "POSIX"])
def test_the_command_reads_and_writes_utf_8_whatever_the_terminal_speaks(speaks: str) -> None:
    lines = [
        {"id": 1, "text": "我真的不想活了"},
        {"id": 2, "text": "我想\ud83d死"},
    ]
    given = b"\n".join(
        json.dumps(line, ensure_ascii=number > 0).encode() for number, line in enumerate(lines)
    )
    done = command(given + b'\n{"id": 3, "text": "\xff\xfe hi"}\n', LC_ALL=speaks, PYTHONUTF8="0")
    assert (done.returncode, done.stderr) == (0, b"")
    told = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert [one["id"] for one in told] == [1, 2, 3]
    assert told[0]["risk"]["evidence"][0]["text"] in "我真的不想活了"


@pytest.mark.process
def test_the_command_tells_by_its_status_and_says_nothing_else() -> None:
    done = command("秘密不是JSON\n".encode())
    assert (done.returncode, done.stderr) == (1, b"")
    assert "秘密" not in done.stdout.decode()
