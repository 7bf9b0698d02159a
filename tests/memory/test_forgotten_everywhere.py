"""What was forgotten, looked for through a real server: in every file, in every sealed value opened
with the person's key, in backups, in the copy, and in what a model is told."""

from __future__ import annotations

import base64
import io
import json
import re
import time
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qingting.privacy import backup_file
from qingting.privacy.errors import Unreadable
from qingting.privacy.key_provider import GivenKeys, parse_keys
from qingting.privacy.sealing import KeyWrap, PersonSeal, Place
from qingting.site.backing_up import first_line
from tests.privacy.backed_up import Site, files_in
from tests.privacy.tables import CLEAR, SEALED
from tests.servers.qingting import Server, Visitor
from tests.servers.upstream import Upstream, running
from tests.talk.installation import ON_POSTGRES, as_uuid, new_databases

pytestmark = pytest.mark.process

WORD = "蓟雀"
TOLD = f"我弟弟叫{WORD}，今天又把我耳机踩坏了"
# Where her own words and the replies to them lie until the talk is deleted.
IN_THE_TALK = {"talk_message.body", "talk_conversation.title"}


@dataclass(slots=True)
class Story:
    """What was found at each stage: places with the word, what is a sealed value, the copy, and
    what the model was told."""

    site: Site
    places: dict[str, set[str]] = field(default_factory=dict)
    prompts: dict[str, list[str]] = field(default_factory=dict)
    copies: dict[str, dict[str, str]] = field(default_factory=dict)
    files: dict[str, dict[Path, bytes]] = field(default_factory=dict)
    backups: dict[str, tuple[Path, Path]] = field(default_factory=dict)
    sealed: list[bytes] = field(default_factory=list)
    guided: str = ""


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    """It is told, taken up, forgotten on the page; then the talks are deleted too."""
    folder = tmp_path_factory.mktemp("forgotten")
    story = Story(Site(folder / "site", new_databases()))
    story.site.folder.mkdir()
    with running() as upstream:
        environment = {
            **story.site.databases,
            "QINGTING_MASTER_KEY_PATH": str(story.site.key),
            "QINGTING_MODEL_URL": upstream.base_url,
            "QINGTING_MODEL_NAME": "test",
        }
        with Server(story.site.data, environment) as server:
            visitor = Visitor(server.address)
            talks = tell(story, visitor, upstream)
            stage(story, "told", visitor, upstream)
            story.backups["told"] = story.site.back_up(folder / "first")
            story.sealed = [value for place, value in sealed(story.site) if in_memory(place)]
            forget(visitor)
            overwritten(story, visitor)
            for talk in (*talks, "/"):
                visitor.conversation = talk
                assert visitor.say("今天好累，我弟弟又来找我说话").saved
            stage(story, "forgotten", visitor, upstream)
            delete(story.site, visitor)
            visitor.conversation = "/"
            assert visitor.say("外面下雨了，我弟弟没带伞").saved
            stage(story, "deleted", visitor, upstream)
            story.backups["deleted"] = story.site.back_up(folder / "second")
    return story


def tell(story: Story, visitor: Visitor, upstream: Upstream) -> list[str]:
    """Two talks: in the second a reply of ours says the word, and a model is told of it."""
    assert visitor.say(TOLD).saved
    first = visitor.conversation
    upstream.forget()
    visitor.conversation = "/"
    upstream.switch("error500")
    story.guided = visitor.say("你都记得我什么").reply
    upstream.switch("ok")
    assert visitor.say("我弟弟后来又自己回来了").saved
    return [first, visitor.conversation]


def stage(story: Story, name: str, visitor: Visitor, upstream: Upstream) -> None:
    """Look everywhere."""
    story.places[name] = places_of(story.site)
    story.prompts[name] = [json.dumps(one, ensure_ascii=False) for one in upstream.recorded()]
    story.copies[name] = copy_of(visitor)
    story.files[name] = files_in(story.site.data)
    upstream.forget()


def forget(visitor: Visitor) -> None:
    """As one does it: the page of what is remembered, the one thing, the button."""
    page = visitor.page("/memory/")
    item = next(part for part in page.split("<li") if WORD in part)
    [path] = set(re.findall(r"/memory/[0-9a-f-]{36}/forget/", item))
    assert WORD in visitor.page(path)
    assert WORD not in send(visitor, path)


def overwritten(story: Story, visitor: Visitor) -> None:
    """Where another connection was busy just then, what is let go is overwritten the next time."""
    for _ in range(5):
        content = b"".join(files_in(story.site.data).values())
        if not any(one[:400] in content for one in story.sealed):
            return
        time.sleep(0.2)
        send(visitor, "/memory/forget/", sure="1")


def delete(site: Site, visitor: Visitor) -> None:
    """Every talk, and the minutes go by in which that can be taken back."""
    for path in set(re.findall(r"/talk/[0-9a-f-]{36}/delete/", visitor.page("/talk/"))):
        send(visitor, path)
    moment = datetime.now(UTC) - timedelta(minutes=11)
    stored = moment if ON_POSTGRES else moment.replace(tzinfo=None).isoformat(" ")
    site.inside.main("UPDATE talk_conversation SET deleted_at = %s", stored)
    visitor.page("/talk/")
    assert site.inside.count("talk_conversation") == 0


def send(visitor: Visitor, path: str, **fields: str) -> str:
    token = visitor.fields("")["csrfmiddlewaretoken"]
    with visitor.open(path, {"csrfmiddlewaretoken": token, **fields}) as response:
        return str(response.read().decode())


def copy_of(visitor: Visitor) -> dict[str, str]:
    """The files of the copy of everything."""
    token = visitor.fields("")["csrfmiddlewaretoken"]
    with visitor.open("/me/export/", {"csrfmiddlewaretoken": token}) as response:
        packed = zipfile.ZipFile(io.BytesIO(response.read()))
    return {name: packed.read(name).decode("utf-8", "replace") for name in packed.namelist()}


def seals(site: Site) -> list[PersonSeal]:
    """Of everybody there."""
    wrap = KeyWrap(base64.b64decode(site.key.read_text()))
    rows = site.inside.keys("SELECT person_id, wrapped FROM privacy_personkey")
    return [PersonSeal(wrap.unwrap(bytes(one), as_uuid(person))) for person, one in rows]


def sealed(site: Site) -> Iterator[tuple[Place, bytes]]:
    """Every sealed value there is, with its place."""
    for table, columns in SEALED.items():
        known = [key for key in ("id", "person_id", "account_id") if key in CLEAR.get(table, ())]
        for column in sorted(columns):
            for which, value in site.inside.main(f"SELECT {known[0]}, {column} FROM {table}"):
                if value is not None:
                    yield Place(table, column, which), bytes(value)


def opened(site: Site, keys: list[PersonSeal]) -> Iterator[tuple[Place, str]]:
    """Every sealed value of a person, opened."""
    for place, value in sealed(site):
        for seal in keys:
            try:
                at = Place(place.table, place.column, as_uuid(place.row))
                yield at, seal.open_bytes(value, at).decode("utf-8", "replace")
            except (Unreadable, ValueError, AttributeError):
                continue  # somebody else's, or the installation's own


def places_of(site: Site, keys: list[PersonSeal] | None = None) -> set[str]:
    """The columns in which the word is. keys: where they are not in its own key database."""
    escaped = WORD.encode("unicode_escape").decode()
    return {
        f"{place.table}.{place.column}"
        for place, text in opened(site, seals(site) if keys is None else keys)
        if WORD in text or escaped in text
    }


def restored(site: Site, main: Path, keys: Path, folder: Path) -> Site:
    """What is in a backup, as an installation; not through a command of its own where the files
    can be read as they are."""
    other = site.another(folder)
    if ON_POSTGRES:
        status, said = other.restore(main, keys)
        assert status == 0, said
        return other
    other.data.mkdir()
    with main.open("rb") as packed:
        content = backup_file.read(packed, GivenKeys(parse_keys(site.key.read_text())))[1]
        (other.data / "qingting.sqlite3").write_bytes(b"".join(first_line(content)[1]))
    return other


def in_memory(place: Place) -> bool:
    return place.table in ("memory_memoryitem", "memory_memoryindex")


def shapes() -> list[bytes]:
    """The word in every way it may lie in a file."""
    escaped = WORD.encode("unicode_escape")
    return [WORD.encode(), WORD.encode("utf-16-le"), WORD.encode("gb18030"), escaped]


def test_before_it_is_where_it_belongs_so_that_looking_finds_it(story: Story) -> None:
    assert {"memory_memoryitem.body", "memory_memoryindex.head"} <= story.places["told"]
    assert any(WORD in one for one in story.prompts["told"])
    assert WORD in story.guided
    assert WORD in story.copies["told"]["csv/memory.csv"]
    assert story.sealed


def test_forgotten_only_the_talk_itself_still_has_it(story: Story) -> None:
    assert story.places["forgotten"] <= IN_THE_TALK


def test_nothing_of_it_is_told_to_the_model_any_more(story: Story) -> None:
    for name in ("forgotten", "deleted"):
        assert story.prompts[name], "no reply was asked of the model"
        assert not [one for one in story.prompts[name] if WORD in one], name


def test_the_copy_has_it_in_the_talk_alone(story: Story) -> None:
    copied = story.copies["forgotten"]
    data = json.loads(copied["data.json"])
    held = {part for part, value in data.items() if WORD in json.dumps(value, ensure_ascii=False)}
    assert held <= {"conversations"}
    assert WORD not in copied["csv/memory.csv"]


def test_once_the_talk_is_deleted_too_it_is_nowhere(story: Story) -> None:
    assert story.places["deleted"] == set()
    assert not [name for name, text in story.copies["deleted"].items() if WORD in text]


@pytest.mark.parametrize("name", ["told", "forgotten", "deleted"])
def test_no_file_holds_it_for_anybody_without_the_key(story: Story, name: str) -> None:
    for path, content in story.files[name].items():
        assert not [one for one in shapes() if one in content], path


@pytest.mark.skipif(ON_POSTGRES, reason="PostgreSQL keeps deleted rows until it vacuums")
def test_what_was_sealed_is_overwritten_not_only_let_go(story: Story) -> None:
    before = b"".join(story.files["told"].values())
    assert all(one in before for one in story.sealed if len(one) < 400)
    after = b"".join(story.files["forgotten"].values())
    assert not [one for one in story.sealed if one[:400] in after]


def test_a_backup_from_before_holds_it_sealed_and_one_from_after_does_not(
    story: Story, tmp_path: Path
) -> None:
    for name, places in (("told", {"memory_memoryitem.body"}), ("deleted", set())):
        main, keys = story.backups[name]
        assert not [one for one in shapes() if one in main.read_bytes() + keys.read_bytes()]
        found = places_of(restored(story.site, main, keys, tmp_path / name), seals(story.site))
        assert places <= found
        assert name == "told" or not found
