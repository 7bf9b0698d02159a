"""Keys from a file, from the environment and from a service; old ones known beside new ones."""

from __future__ import annotations

import base64
import os
import stat
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from qingting.privacy import rotation
from qingting.privacy.errors import KeyMissing, Unreadable
from qingting.privacy.installation import Installation
from qingting.privacy.key_provider import FileKeys, GivenKeys, NotKeys, parse_keys, write_keys
from qingting.privacy.keyring import Keyring
from qingting.privacy.models import PersonKey
from qingting.privacy.sealing import Place, version_of
from qingting.site.config import Config, ConfigError
from qingting.site.keys import provider_of
from tests.privacy.kms import Service

OLD, NEW = b"o" * 32, b"n" * 32
HERE = Place("talk_message", "body", UUID(int=7))
kept = pytest.mark.django_db(databases=["default", "keys"])


def text_of(*keys: bytes) -> str:
    return " ".join(base64.b64encode(key).decode() for key in keys)


def wrapped_as_at_first(master: bytes, data_key: bytes, person: UUID) -> bytes:
    """How the first version of Qingting stored a key."""
    derived = HKDF(SHA256(), 32, salt=None, info=b"qingting person-key wrap v1").derive(master)
    nonce = os.urandom(12)
    return b"\x01" + nonce + AESGCM(derived).encrypt(nonce, data_key, person.bytes)


@pytest.mark.parametrize("between", [" ", ",", "\n", " ,\n ", "\r\n"])
def test_keys_are_read_the_current_one_first(between: str) -> None:
    assert parse_keys(text_of(NEW) + between + text_of(OLD) + "\n") == (NEW, OLD)
    assert parse_keys(text_of(NEW, OLD, NEW)) == (NEW, OLD)


@pytest.mark.parametrize("bad", ["", " \n", "abc", text_of(b"short"), text_of(NEW) + " x="])
def test_what_is_no_key_is_refused_without_being_repeated(bad: str) -> None:
    with pytest.raises(NotKeys) as refused:
        parse_keys(bad)
    assert not bad.strip() or bad not in str(refused.value)


def test_a_stored_key_names_the_key_that_wrapped_it() -> None:
    one, both = GivenKeys([OLD]), GivenKeys([NEW, OLD])
    person, data_key = uuid4(), os.urandom(32)
    stored = one.wrap(data_key, person)
    assert one.version(stored) == one.current() == version_of(stored)
    assert both.current() != one.current()
    assert both.unwrap(stored, person) == data_key
    with pytest.raises(Unreadable):
        GivenKeys([NEW]).unwrap(stored, person)
    with pytest.raises(Unreadable):
        both.unwrap(stored, uuid4())
    renamed = stored[:1] + bytes.fromhex(both.current()) + stored[9:]
    with pytest.raises(Unreadable):
        both.unwrap(renamed, person)
    assert OLD.hex() not in one.current()


def test_what_the_first_version_stored_goes_on_opening() -> None:
    person, data_key = uuid4(), os.urandom(32)
    stored = wrapped_as_at_first(OLD, data_key, person)
    assert GivenKeys([NEW, OLD]).unwrap(stored, person) == data_key
    assert GivenKeys([OLD]).version(stored) == ""
    for wrong in (GivenKeys([NEW]).unwrap, GivenKeys([OLD]).unwrap):
        with pytest.raises(Unreadable):
            wrong(stored, uuid4())


def test_a_process_that_runs_notices_a_new_key(tmp_path: Path) -> None:
    path, person = tmp_path / "master.key", uuid4()
    write_keys(path, [OLD])
    running, other = FileKeys(path), FileKeys(path)
    stored = running.wrap(b"d" * 32, person)
    write_keys(path, [NEW, OLD])
    assert other.unwrap(other.wrap(b"e" * 32, person), person) == b"e" * 32
    assert running.unwrap(other.wrap(b"e" * 32, person), person) == b"e" * 32
    assert running.unwrap(stored, person) == b"d" * 32
    assert running.version(running.wrap(b"f" * 32, person)) == GivenKeys([NEW]).current()


def test_a_file_that_goes_away_or_breaks_takes_nothing_with_it(tmp_path: Path) -> None:
    path, person = tmp_path / "master.key", uuid4()
    write_keys(path, [OLD])
    running = FileKeys(path)
    stored = running.wrap(b"d" * 32, person)
    path.write_text("half a k")
    assert running.unwrap(running.wrap(b"e" * 32, person), person) == b"e" * 32
    path.unlink()
    assert running.unwrap(stored, person) == b"d" * 32
    with pytest.raises(KeyMissing):
        FileKeys(path).unwrap(stored, person)
    write_keys(path, [OLD])
    assert FileKeys(path).unwrap(stored, person) == b"d" * 32


def test_a_key_file_is_its_owners_alone_and_never_half_written(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    write_keys(path, [OLD])
    before = path.stat().st_ino
    write_keys(path, [NEW, OLD])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert path.stat().st_ino != before
    assert [one.name for one in tmp_path.iterdir()] == ["master.key"]


def test_the_settings_say_who_wraps(tmp_path: Path) -> None:
    given = provider_of(Config(master_key=text_of(NEW, OLD)))
    assert given.current() == GivenKeys([NEW]).current()
    assert isinstance(provider_of(Config(data_dir=tmp_path)), FileKeys)
    service = provider_of(Config(key_provider="tests.privacy.kms:service"))
    assert isinstance(service, Service)


@pytest.mark.parametrize(
    "named", ["tests.privacy.kms", "tests.privacy.kms:nothing", "not.there:x", ":", "a:b:c"]
)
def test_a_service_that_cannot_be_loaded_stops_the_start(named: str) -> None:
    with pytest.raises(ConfigError, match="QINGTING_KEY_PROVIDER"):
        provider_of(Config(key_provider=named))


@kept
def test_a_service_keeps_people_and_its_new_key_takes_over() -> None:
    service = Service()
    person, installation = uuid4(), Installation(service)
    sealed = Keyring(service).create(person).seal("第一句", HERE)
    index = installation.blind_index("e-mail", "a@b.c")
    service.now = "two"
    assert rotation.rewrap(service).done == rotation.by_version(service)["two"] == 2
    assert Keyring(service).open(person).open(sealed, HERE) == "第一句"
    assert Installation(service).blind_index("e-mail", "a@b.c") == index


@kept
def test_rotation_changes_what_wraps_and_nothing_that_is_wrapped(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    write_keys(path, [OLD])
    keys, noted = FileKeys(path), []
    people = [uuid4() for _ in range(450)]
    sealed = {one: Keyring(keys).create(one).seal(one.hex, HERE) for one in people}
    PersonKey.objects.filter(person_id=people[0]).update(
        wrapped=wrapped_as_at_first(OLD, keys.unwrap(_stored(people[0]), people[0]), people[0])
    )
    index = Installation(keys).blind_index("e-mail", "a@b.c")
    assert rotation.behind(keys) == 1
    assert rotation.rewrap(keys).done == 1
    assert rotation.begin(keys, NEW, noted.append)
    assert noted == [GivenKeys([NEW]).current()]
    assert not rotation.begin(keys, None, noted.append), "one that is not finished goes first"
    with pytest.raises(rotation.RotationRefused):
        rotation.retire(keys)
    assert rotation.rewrap(keys) == rotation.Rewrapped(451, 0)
    assert rotation.rewrap(keys) == rotation.Rewrapped(0, 0)
    assert rotation.by_version(keys) == {GivenKeys([NEW]).current(): 451}
    assert rotation.retire(keys) == [GivenKeys([OLD]).current()]
    assert parse_keys(path.read_text()) == (NEW,)
    fresh = FileKeys(path)
    assert all(Keyring(fresh).open(one).open(sealed[one], HERE) == one.hex for one in people)
    assert Installation(fresh).blind_index("e-mail", "a@b.c") == index


@kept
def test_a_key_destroyed_while_a_rotation_runs_stays_destroyed(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    write_keys(path, [OLD])
    keys = FileKeys(path)
    people = sorted(uuid4() for _ in range(300))
    for one in people:
        Keyring(keys).create(one)
    write_keys(path, [NEW, OLD])

    def destroy_some(_done: int) -> None:
        for one in people[::3]:
            Keyring(keys).destroy(one)

    rotation.rewrap(keys, destroy_some)
    assert PersonKey.objects.filter(person_id__in=people[::3]).count() == 0
    assert rotation.by_version(keys) == {GivenKeys([NEW]).current(): 200}


@kept
def test_a_key_that_nothing_opens_is_left_alone_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    write_keys(path, [NEW])
    lost, fine = uuid4(), uuid4()
    Keyring(GivenKeys([OLD])).create(lost)
    Keyring(GivenKeys([NEW])).create(fine)
    before = _stored(lost)
    assert rotation.rewrap(FileKeys(path)) == rotation.Rewrapped(0, 1)
    assert _stored(lost) == before


def _stored(person: UUID) -> bytes:
    return bytes(PersonKey.objects.get(person_id=person).wrapped)
