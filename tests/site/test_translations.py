"""Every text of the pages is there in Chinese, in both scripts, and obeys the house rules."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import re
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import to_locale
from django.utils.translation.template import templatize

from qingting.companion.plan.plan import Why

PACKAGE = Path(__file__).resolve().parents[2] / "qingting"
LOCALE = PACKAGE / "site" / "locale"
CHINESE = [code for code, _ in settings.LANGUAGES if code.startswith("zh")]

_CALL = re.compile(r"\b(?:_|gettext)\(\s*(u?(?:'(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\"))")
# What templatize cannot say in one string: no plural, no context, no other spelling of the tags.
_UNSUPPORTED = re.compile(r"\b(?:ngettext|pgettext|npgettext)\(")
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|</?\w+|href=\"[^\"]*\"")
_BANNED = re.compile(
    "听起来你|我能理解|我理解你|抱抱|接住|加油|想开点|别想太多|一切都会好|会好起来|正能量|坚强|诊断|治疗"
    "|患者|症状|轻生|想不开|做傻事|答应我|保证|想想你爸妈|你真棒|亲爱的|宝贝|[！!]"
    r"|\bI hear you|\bI understand|must be hard|that sounds|sounds like you|\bvalid\b|gets better"
    r"|everything will be ok|stay strong|you've got this|therap(?:y|ist)|diagnos|symptom"
    r"|as an AI language model|promise me|reach out|journey|safe space|hold space|proud of you"
    r"|self-care|toxic|you're amazing",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{3}")


def catalog(code: str) -> Catalog:
    with (LOCALE / to_locale(code) / "LC_MESSAGES" / "django.po").open("rb") as file:
        return read_po(file)


def texts(code: str) -> dict[str, str]:
    return {str(one.id): str(one.string) for one in catalog(code) if one.id}


def in_templates() -> Iterator[str]:
    for path in (PACKAGE / "site" / "templates").rglob("*"):
        if path.is_file():
            calls = templatize(path.read_text(encoding="utf-8"))
            assert not _UNSUPPORTED.search(calls), path.name
            for literal in _CALL.findall(calls):
                yield ast.literal_eval(literal)


def in_code() -> Iterator[str]:
    for path in PACKAGE.rglob("*.py"):
        source = path.read_bytes()
        if b"django.utils.translation" in source:
            keywords = {"_": None, "gettext": None, "gettext_lazy": None}
            for _, found, *_rest in extract("python", BytesIO(source), keywords):
                assert isinstance(found, str), path.name
                yield found


USED = {*in_templates(), *in_code()}


def maker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("maker", LOCALE / "make_traditional.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_texts_in_use_are_found() -> None:
    assert {"Qingting", "Untitled", "Help now"} <= USED
    assert any("%(url)s" in text for text in USED)
    # A quote escaped inside a tag is cut there by templatize: use “ ” in the templates instead.
    assert not [text for text in USED if text.endswith("\\")]


def test_there_is_a_folder_for_every_chinese_of_the_settings() -> None:
    assert CHINESE == ["zh-hans", "zh-hant"]
    assert {path.name for path in LOCALE.iterdir() if path.is_dir()} >= {"zh_Hans", "zh_Hant"}


@pytest.mark.parametrize("code", CHINESE)
def test_every_text_in_use_is_said_and_no_other(code: str) -> None:
    said = texts(code)
    assert USED - set(said) == set(), "not translated"
    assert set(said) - USED == set(), "not used"
    assert [text for text, chinese in said.items() if not chinese.strip()] == []


@pytest.mark.parametrize("code", CHINESE)
def test_nothing_is_fuzzy_doubled_or_left_in_english(code: str) -> None:
    path = LOCALE / to_locale(code) / "LC_MESSAGES" / "django.po"
    ids = re.findall(r"^msgid (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(ids) == len(set(ids))
    assert [one.id for one in catalog(code) if one.fuzzy and one.id] == []
    assert [chinese for chinese in texts(code).values() if not re.search("[一-鿿]", chinese)] == []


@pytest.mark.parametrize("code", CHINESE)
def test_placeholders_and_tags_match(code: str) -> None:
    for text, chinese in texts(code).items():
        assert sorted(_PLACEHOLDER.findall(text)) == sorted(_PLACEHOLDER.findall(chinese)), text


def test_the_wording_keeps_the_house_rules() -> None:
    # Simplified only: the traditional file is made from it.
    for text in [*USED, *texts("zh-hans").values()]:
        assert not _BANNED.search(text), text
        assert not _NUMBER.search(text), text


def test_the_traditional_file_is_what_the_script_makes() -> None:
    made = LOCALE / "zh_Hant" / "LC_MESSAGES" / "django.po"
    assert made.read_text(encoding="utf-8") == maker().made()


@pytest.mark.parametrize("code", CHINESE)
def test_a_compiled_file_answers_as_the_pages_ask(code: str, tmp_path: Path) -> None:
    folder = tmp_path / to_locale(code) / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalog(code))
    compiled = gettext.translation("django", tmp_path, [to_locale(code)])
    assert {text: compiled.gettext(text) for text in USED} == texts(code)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_reason_for_a_reply_has_one_line(language: str) -> None:
    with (PACKAGE / "content" / language / "why.toml").open("rb") as file:
        lines = tomllib.load(file)
    assert list(lines) == list(get_args(Why))
    for line in lines.values():
        assert line.strip() == line
        assert line.endswith("。" if language == "zh" else ".")
        assert not _BANNED.search(line), line
    assert len(set(lines.values())) == len(lines)
