"""qingting.env: settings in the data folder, behind the environment; and qingting init."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from qingting.cli.main import main
from qingting.site import settings_file
from qingting.site.config import ConfigError, read_config
from qingting.site.policy_setup import packs_of, settings_for

NAME = settings_file.NAME

SMTP = "smtp://a:" + "secret" + "@b"


def environment(folder: Path, **more: str) -> dict[str, str]:
    return {"QINGTING_DATA_DIR": str(folder), **more}


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    assert read_config(environment(tmp_path)).place == ""
    (tmp_path / NAME).write_text(
        "# ours\n\nQINGTING_PLACE=CN\nQINGTING_CONTACT = room 3, = door 2 \n"
        "QINGTING_MODEL_KEY_FILE=/nowhere\n",
        encoding="utf-8",
    )
    given = environment(tmp_path, QINGTING_PLACE="US", QINGTING_MODEL_KEY="k", QINGTING_CONTACT="")
    config = read_config(given)
    assert (config.place, config.contact) == ("US", "room 3, = door 2")
    assert config.model_key == "k", "the same setting, said in the environment"


@pytest.mark.parametrize("line", ["PLACE=CN", "QINGTING_PLACE", "QINGTING_DATA_DIR=/elsewhere"])
def test_a_line_that_cannot_be_read_stops_the_start_and_is_not_repeated(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / NAME).write_text("\n".join([f"QINGTING_SMTP_URL={SMTP}", line, ""]), "utf-8")
    with pytest.raises(ConfigError, match="line 2: wants QINGTING_NAME=value") as told:
        read_config(environment(tmp_path))
    assert line not in str(told.value)


def test_it_is_written_for_nobody_else_and_keeps_what_stood_there(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    settings_file.write(folder, {"QINGTING_PLACE": "CN", "QINGTING_CONTACT": "room 3"})
    path = settings_file.write(folder, {"QINGTING_CONTACT": "", "QINGTING_POLICY": "CN"})
    assert settings_file.read(folder) == {"QINGTING_PLACE": "CN", "QINGTING_POLICY": "CN"}
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(settings_file.BadFile):
        settings_file.write(folder, {"QINGTING_CONTACT": "a\nQINGTING_POLICY=none"})


def test_what_answers_are_as_packs() -> None:
    assert packs_of("cn", "school") == "CN,school"
    assert packs_of("US-CA", "public") == "US-CA"
    assert packs_of("FR", "clinic") == "EU,clinic"
    assert packs_of("", "public") == packs_of("BR", "public") == ""
    assert settings_for("US-CA", "minors")["QINGTING_PLACE"] == "US"
    assert settings_for("EU", "public")["QINGTING_PLACE"] == ""


def run(folder: Path, *arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(
        main, ["init", "--language", "en", *arguments], env=environment(folder), input=given
    )


def test_init_asks_shows_what_changes_and_writes_it(tmp_path: Path) -> None:
    done = run(tmp_path, given="CN\nschool\nroom 3\n\ny\n")
    assert done.exit_code == 0, done.output
    assert "told on a plain intent" in done.output.replace("\n", " ") or "intent" in done.output
    assert settings_file.read(tmp_path) == {
        "QINGTING_PLACE": "CN",
        "QINGTING_POLICY": "CN,school",
        "QINGTING_CONTACT": "room 3",
    }
    again = run(tmp_path, "--place", "CN", "--audience", "school", "--yes", given="\n\n")
    assert "Nothing changes." in again.output
    assert settings_file.read(tmp_path)["QINGTING_CONTACT"] == "room 3"


def test_init_without_questions_and_without_writing(tmp_path: Path) -> None:
    flags = ("--place", "US-CA", "--audience", "public", "--contact", "room 3, left", "--mail", "")
    printed = run(tmp_path, *flags, "--exports")
    assert "export QINGTING_POLICY=US-CA" in printed.output
    assert "export QINGTING_CONTACT='room 3, left'" in printed.output
    assert not (tmp_path / NAME).exists()
    refused = run(tmp_path, *flags, given="n\n")
    assert refused.exit_code == 1
    assert not (tmp_path / NAME).exists()
