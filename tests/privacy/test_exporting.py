"""A person's copy holds everything of theirs, to read and as data, and leaves nothing behind."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import re
import stat
import time
import zipfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest

from qingting.companion.person import Person as Reader
from qingting.people.data_service import MyData
from qingting.privacy import audit
from qingting.privacy.audit import Action
from qingting.privacy.errors import AuditFailed, KeyMissing
from qingting.privacy.exporting import Made
from qingting.privacy.keyring import Keyring
from qingting.privacy.models import AuditEntry
from qingting.privacy.sealing import Place
from qingting.talk.models import Conversation, Message
from tests.privacy.somebody import BEGAN, KEY, Somebody, at_work, somebody

pytestmark = pytest.mark.django_db(databases=["default", "keys"])

ZH, HANT, EN = Reader("zh-CN"), Reader("zh-TW", "Asia/Taipei"), Reader("en-GB", "Europe/London")
ODD = '<script>alert("x")</script> & =1+1'
# Of R4: what a resource of this type must have, and the codes its status may have.
REQUIRED = {
    "Patient": {"id"},
    "Observation": {"id", "status", "code", "subject", "effectiveDateTime"},
    "Questionnaire": {"id", "url", "status", "title", "copyright", "item"},
    "QuestionnaireResponse": {"id", "status", "subject", "authored", "item"},
    "DocumentReference": {"id", "status", "content", "subject"},
}
STATUS = {
    "Questionnaire": {"active"},
    "Observation": {"final"},
    "QuestionnaireResponse": {"completed"},
    "DocumentReference": {"current"},
}
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(Z|[+-]\d\d:\d\d)")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.fixture
def keyring() -> Keyring:
    return Keyring(KEY)


@pytest.fixture
def data(keyring: Keyring) -> Iterator[MyData]:
    with at_work(keyring) as data:
        yield data


def files(made: Made) -> dict[str, str]:
    with made.file, zipfile.ZipFile(made.file) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode() for name in packed.namelist()}


def exported(data: MyData, one: Somebody, reader: Reader = ZH) -> dict[str, str]:
    return files(data.export(one.id, reader))


def values(part: Any) -> Iterator[Any]:
    if isinstance(part, dict):
        for one in part.values():
            yield from values(one)
    elif isinstance(part, list):
        for one in part:
            yield from values(one)
    else:
        yield part


def rows_of(text: str) -> list[dict[str, str]]:
    assert text.startswith("\N{BYTE ORDER MARK}")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_everything_is_in_it_to_read_and_as_data(data: MyData, keyring: Keyring) -> None:
    mine = somebody(keyring, "我妈翻了我藏在琴盒里的信", ODD)
    other = somebody(keyring, "别人的一句话")
    found = exported(data, mine)
    told = json.loads(found["data.json"])
    assert (told["format"], told["version"], told["person"]) == ("qingting-export", 1, str(mine.id))
    [talk] = told["conversations"]
    assert [one["text"] for one in talk["messages"] if one["from"] == "person"] == list(mine.said)
    assert len(talk["messages"]) == 4
    assert datetime.fromisoformat(talk["messages"][0]["at"]) == BEGAN
    assert talk["title"] == "=琴盒里的信"
    assert talk["carried"]["seed"] == mine.talk.hex
    assert told["safety_plan"]["parts"] == {"alone": ["听那张下雨的歌单"], "people": ["小满"]}
    assert told["being_safe"]["told"][0]["words"] == "就我一个人在宿舍"
    assert told["being_safe"]["people_who_could_know"] == ["你姐"]
    [run] = told["exercises"]
    assert run["answers"]["thought"]["answers"] == ["他们都觉得我不行"]
    assert run["ended"] == "finished"
    assert len(told["devices"]["devices"]) == 1
    assert {one["what"] for one in told["counts"]["events"]} == {"turn", "safety_reply"}
    assert told["counts"]["model_replies_a_day"] == [{"day": "2026-03-01", "replies": 3}]
    page = found["index.html"]
    for words in ("琴盒里的信", "就我一个人在宿舍", "小满", "他们都觉得我不行", "&lt;script&gt;"):
        assert words in page
    assert "别人的一句话" not in "".join(found.values())
    assert other.id.hex not in "".join(found.values())


def test_the_page_runs_nothing_and_asks_nobody(data: MyData, keyring: Keyring) -> None:
    page = exported(data, somebody(keyring, ODD))["index.html"]
    assert "<script" not in page
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert "@import" not in page
    assert "url(" not in page


@pytest.mark.parametrize(
    ("reader", "lang", "title", "clock"),
    [
        (ZH, "zh-Hans", "我的那份", "7:15"),
        (HANT, "zh-Hant", "我的那份", "7:15"),
        (EN, "en", "My copy", "11:15"),
    ],
)
def test_it_is_in_the_readers_language_and_on_their_clock(
    data: MyData, keyring: Keyring, reader: Reader, lang: str, title: str, clock: str
) -> None:
    page = exported(data, somebody(keyring), reader)["index.html"]
    assert f'lang="{lang}"' in page
    assert title in page
    assert clock in page
    assert ("What you and I said" in page) == (lang == "en")


def test_no_level_is_shown_to_anybody(data: MyData, keyring: Keyring) -> None:
    found = exported(data, somebody(keyring), EN)
    told = json.loads(found["data.json"])
    assert not {"high", "moderate", "imminent"} & set(values(told["being_safe"]))
    assert not re.search(r"\b(?:high|moderate|imminent)\b", found["index.html"])
    assert "One thing is left out" in found["index.html"]


def test_tables_open_in_a_spreadsheet_and_run_nothing_there(data: MyData, keyring: Keyring) -> None:
    found = exported(data, somebody(keyring, "=HYPERLINK(1)", "第二句\n还有一行"))
    names = {name for name in found if name.startswith("csv/")}
    assert names >= {
        f"csv/{one}.csv"
        for one in ("talks", "messages", "exercises", "moods", "plan", "counts", "devices", "log")
    }
    messages = rows_of(found["csv/messages.csv"])
    assert [one["text"] for one in messages if one["from"] == "person"] == [
        "'=HYPERLINK(1)",
        "第二句\n还有一行",
    ]
    assert [one["from_0_to_10"] for one in rows_of(found["csv/moods.csv"])] == ["8", "4"]
    [talk] = rows_of(found["csv/talks.csv"])
    assert talk["title"] == "'=琴盒里的信"


def test_what_maps_honestly_is_fhir(data: MyData, keyring: Keyring) -> None:
    mine = somebody(keyring)
    bundle = json.loads(exported(data, mine)["fhir/bundle.json"])
    assert (bundle["resourceType"], bundle["type"]) == ("Bundle", "collection")
    assert INSTANT.fullmatch(bundle["timestamp"])
    resources = [one["resource"] for one in bundle["entry"]]
    assert [one["resourceType"] for one in resources] == [
        "Patient",
        # A questionnaire and a check-in (tests/progress/test_fhir.py).
        "Questionnaire",
        "QuestionnaireResponse",
        "Observation",
        "Observation",
        # An exercise and the safety plan.
        "QuestionnaireResponse",
        "Observation",
        "Observation",
        "DocumentReference",
    ]
    for entry in bundle["entry"]:
        one = entry["resource"]
        kind = one["resourceType"]
        assert REQUIRED[kind] <= set(one)
        assert one.get("status") in STATUS.get(kind, {None})
        assert entry["fullUrl"] == f"urn:uuid:{one['id']}"
        assert UUID(one["id"])
        for name in ("authored", "effectiveDateTime", "date"):
            known = one.get(name, "2026-11-23")
            assert INSTANT.fullmatch(known) or DAY.fullmatch(known)
        # R4 knows no empty text, list or object.
        assert not [value for value in values(one) if value in ("", [], {}, None)]
    everywhere = {one["subject"]["reference"] for one in resources if "subject" in one}
    assert everywhere == {f"urn:uuid:{mine.id}"}
    assert set(resources[0]) == {"resourceType", "id", "identifier"}
    questions, first, last, plan = resources[-4:]
    assert {one["linkId"] for one in questions["item"]} >= {"situation", "thought"}
    assert all(one["answer"] and one["text"] for one in questions["item"])
    assert (first["valueInteger"], last["valueInteger"]) == (8, 4)
    assert first["effectiveDateTime"] < last["effectiveDateTime"]
    assert first["code"]["text"]
    [content] = plan["content"]
    assert "小满" in base64.b64decode(content["attachment"]["data"]).decode()


def test_somebody_with_nothing_yet_gets_a_whole_copy_all_the_same(
    data: MyData, keyring: Keyring
) -> None:
    mine = somebody(keyring, "嗯", short=True)
    Conversation.objects.all().delete()
    found = exported(data, mine)
    assert json.loads(found["data.json"])["conversations"] == []
    assert len(json.loads(found["fhir/bundle.json"])["entry"]) == 1


def test_a_deleted_talk_is_not_in_it(data: MyData, keyring: Keyring) -> None:
    mine = somebody(keyring, "这段我不想留")
    Conversation.objects.update(deleted_at=BEGAN)
    found = exported(data, mine)
    assert json.loads(found["data.json"])["conversations"] == []
    assert rows_of(found["csv/messages.csv"]) == []


def test_one_damaged_row_keeps_nobody_from_the_others(data: MyData, keyring: Keyring) -> None:
    mine = somebody(keyring, "第一句", "第二句")
    first = Message.objects.get(seq=1)
    Message.objects.filter(seq=1).update(body=bytes(first.body)[:-1] + b"?")
    found = exported(data, mine)
    told = json.loads(found["data.json"])["conversations"][0]["messages"]
    assert [one["text"] for one in told if one["from"] == "person"] == [None, "第二句"]
    assert "打不开了" in found["index.html"]


def test_it_is_noted_and_without_the_note_there_is_no_copy(
    data: MyData, keyring: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = somebody(keyring)
    data.export(mine.id, ZH).file.close()
    entry = AuditEntry.objects.get(action=Action.EXPORTED)
    assert (entry.subject, entry.by_kind, entry.by_ref) == (mine.id, "person", str(mine.id))
    monkeypatch.setattr(audit, "_key_of", None)
    with pytest.raises(AuditFailed):
        data.export(mine.id, ZH)


def test_without_their_key_there_is_no_copy(data: MyData, keyring: Keyring) -> None:
    mine = somebody(keyring)
    keyring.destroy(mine.id)
    with pytest.raises(KeyMissing):
        data.export(mine.id, ZH)


def test_a_large_one_grows_in_a_file_without_a_name(keyring: Keyring, tmp_path: Path) -> None:
    mine = somebody(keyring)
    with at_work(keyring, folder=tmp_path, in_memory=1) as data:
        made = data.export(mine.id, ZH)
        handle = os.fstat(made.file.fileno())
        assert stat.S_IMODE(handle.st_mode) == 0o600
        assert handle.st_nlink == 0
        assert list(tmp_path.iterdir()) == []
        assert made.size == handle.st_size
        assert "data.json" in files(made)
    assert list(tmp_path.iterdir()) == []


def test_a_small_one_never_leaves_the_memory(keyring: Keyring, tmp_path: Path) -> None:
    mine = somebody(keyring)
    with at_work(keyring, folder=tmp_path / "not there") as data:
        assert "data.json" in files(data.export(mine.id, ZH))


def test_two_thousand_messages_take_well_under_a_minute(
    data: MyData, keyring: Keyring, capsys: pytest.CaptureFixture[str]
) -> None:
    mine = somebody(keyring, "第一句", short=True)
    seal = keyring.open(mine.id)
    more = []
    for number in range(3, 2003):
        which = uuid4()
        text = f"第{number}句，操场走到第{number}圈的时候又想起那件事，" * 4
        more.append(
            Message(
                id=which,
                conversation_id=mine.talk,
                seq=number,
                speaker="person" if number % 2 else "companion",
                body=seal.seal(text, Place("talk_message", "body", which)),
                created_at=BEGAN + timedelta(minutes=number),
            )
        )
    Message.objects.bulk_create(more)
    began = time.monotonic()
    found = exported(data, mine)
    took = time.monotonic() - began
    with capsys.disabled():
        print(f"\n2,002 messages: {took:.2f} s")
    assert took < 20
    assert len(json.loads(found["data.json"])["conversations"][0]["messages"]) == 2002
    assert found["index.html"].count("<dd") >= 2002
