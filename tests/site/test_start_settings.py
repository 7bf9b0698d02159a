"""Settings come from the environment or from files; a wrong one stops the start and says which."""

from __future__ import annotations

import base64
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

import pytest

from qingting.site.config import (
    DEEPSEEK_MODEL,
    DEEPSEEK_URL,
    Config,
    ConfigError,
    load_master_key,
    read_config,
)
from tests.site.settings_page import PAGE, page, row, variable

each_field = pytest.mark.parametrize("one", fields(Config), ids=lambda one: one.name)
SECRETS = [one for one in fields(Config) if one.metadata["secret"]]
SAMPLES: dict[str, str] = {
    "data_dir": "/srv/qingting",
    "database_url": "postgresql://q@db/q",
    "keys_database_url": "postgresql://q@db/keys",
    "public_url": "https://qingting.example.edu",
    "model_calls_per_day": "7",
    "model_first_words": "2.5",
    "model_remembers": "1",
    "model_between": "3",
    "signup": "invited",
    "break_glass_needs_two": "no",
    "guest_months": "7",
    "complaint_days": "9",
    "campus_identity": "nothing",
    "worker": "apart",
    "rehearse": "no",
    "smtp_url": "smtp://q:" + "secret" + "@mail.example.edu:587?tls=starttls",
}


def sample(name: str) -> str:
    return SAMPLES.get(name, f"a {name}")


def test_nothing_needs_to_be_set() -> None:
    config = read_config({})
    assert config.uses_sqlite
    assert config.endpoint is None
    assert config.data_dir == Path("~/.local/share/qingting").expanduser().resolve()


@each_field
def test_each_is_read_from_its_variable(one: Field[Any]) -> None:
    found = getattr(read_config({variable(one): sample(one.name)}), one.name)
    assert str(found) == sample(one.name) or float(found) == float(sample(one.name))
    assert type(found) is type(one.default) or isinstance(found, Path)


@each_field
def test_set_to_nothing_it_is_not_set(one: Field[Any]) -> None:
    assert read_config({variable(one): ""}) == read_config({})


@pytest.mark.parametrize("one", SECRETS, ids=lambda one: one.name)
def test_a_secret_may_come_from_a_file(one: Field[Any], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text(f"  {sample(one.name)}\n")
    environment = {f"{variable(one)}_FILE": str(tmp_path / "secret")}
    assert getattr(read_config(environment), one.name) == sample(one.name)


@pytest.mark.parametrize("one", SECRETS, ids=lambda one: one.name)
def test_a_secret_file_that_is_not_there_stops_with_its_name(
    one: Field[Any], tmp_path: Path
) -> None:
    name = f"{variable(one)}_FILE"
    with pytest.raises(ConfigError, match=name) as stopped:
        read_config({name: str(tmp_path / "not there")})
    assert str(tmp_path / "not there") in str(stopped.value)


def test_a_folder_or_a_picture_is_no_secret_file(tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"\xff\xd8\xff")
    for path in (tmp_path, tmp_path / "picture"):
        with pytest.raises(ConfigError, match="QINGTING_SECRET_KEY_FILE"):
            read_config({"QINGTING_SECRET_KEY_FILE": str(path)})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("QINGTING_MODEL_FIRST_WORDS", "soon"),
        ("QINGTING_MODEL_CALLS_PER_DAY", "2.5"),
        ("QINGTING_DATABASE_URL", "mysql://q@db/q"),
        ("QINGTING_KEYS_DATABASE_URL", "/srv/keys.sqlite3"),
        ("QINGTING_PUBLIC_URL", "qingting.example.edu"),
        ("QINGTING_SMTP_URL", "mail.example.edu:587"),
        ("QINGTING_SMTP_URL", "smtp://mail.example.edu?tls=perhaps"),
        ("QINGTING_SMTP_URL", "smtp://mail.example.edu:many"),
    ],
)
def test_a_wrong_value_stops_with_its_name(name: str, value: str) -> None:
    with pytest.raises(ConfigError, match=name):
        read_config({name: value})


def test_a_wrong_database_address_is_not_repeated_because_it_may_hold_a_password() -> None:
    with pytest.raises(ConfigError) as stopped:
        read_config({"QINGTING_DATABASE_URL": "mysql://q:hunter2@db/q"})
    assert "hunter2" not in str(stopped.value)


def test_a_deepseek_key_is_enough() -> None:
    for name in ("QINGTING_DEEPSEEK_KEY", "DEEPSEEK_API_KEY"):
        config = read_config({name: "sk-1"})
        assert config.endpoint == (DEEPSEEK_URL, DEEPSEEK_MODEL, "sk-1")
        assert config.endpoint_is_hosted


@pytest.mark.parametrize(
    ("address", "hosted"),
    [
        ("http://127.0.0.1:8001/v1", False),
        ("http://localhost:11434/v1", False),
        ("http://[::1]:8001/v1", False),
        ("http://10.0.0.5/v1", True),
        ("https://models.example.com/v1", True),
        ("https://localhost.example.com/v1", True),
    ],
)
def test_only_this_machines_own_model_counts_as_not_hosted(address: str, hosted: bool) -> None:
    assert read_config({"QINGTING_MODEL_URL": address}).endpoint_is_hosted is hosted


def test_whether_a_model_is_hosted_can_be_said() -> None:
    environment = {"QINGTING_MODEL_URL": "http://127.0.0.1:8001/v1"}
    assert read_config({**environment, "QINGTING_MODEL_HOSTED": "yes"}).endpoint_is_hosted
    far = {"QINGTING_MODEL_URL": "http://10.0.0.5/v1", "QINGTING_MODEL_HOSTED": "no"}
    assert not read_config(far).endpoint_is_hosted


def test_the_installations_key_must_be_a_key(tmp_path: Path) -> None:
    good = base64.b64encode(b"k" * 32).decode()
    assert load_master_key(read_config({"QINGTING_MASTER_KEY": good})) == b"k" * 32
    for bad in ("abc", "!!!!", base64.b64encode(b"short").decode()):
        with pytest.raises(ConfigError, match="32 bytes"):
            load_master_key(read_config({"QINGTING_MASTER_KEY": bad}))
    path = tmp_path / "elsewhere.key"
    config = read_config({"QINGTING_MASTER_KEY_PATH": str(path)})
    assert load_master_key(config) is None
    path.write_text(good + "\n")
    assert load_master_key(config) == b"k" * 32


def test_the_page_of_settings_lists_each_with_its_default_and_its_sentence() -> None:
    written = PAGE.read_text(encoding="utf-8")
    for one in fields(Config):
        assert one.metadata["says"].strip().endswith("."), one.name
        assert row(one) in written, f"{variable(one)}: run python -m tests.site.settings_page"
    assert written == page()
