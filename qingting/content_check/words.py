"""A finding in plain words, from findings.toml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from qingting.companion.person import Language
from qingting.companion.words.bank import read_toml
from qingting.content_check.finding import Finding, Grade, Value


@cache
def _file() -> Mapping[str, Any]:
    return read_toml(resources.files("qingting.content_check") / "findings.toml")


def grade_of(finding: Finding) -> Grade:
    """Whether it must be put right or is to be looked at."""
    grade: Grade = _file()[finding.code]["grade"]
    return grade


def told(finding: Finding, language: Language) -> str:
    """One line: file:line: what is wrong: what to do."""
    words = _file()[finding.code][language]
    values = {key: _one(value, language) for key, value in finding.values.items()}
    if finding.code == "resource" and language == "zh":
        values["detail"] = _in_chinese(values["detail"])
    what, do = (words[part].format_map(values) for part in ("what", "do"))
    between = "：" if language == "zh" else ": "
    return f"{finding.file}:{finding.line}: {what}{between}{do}"


def summary(part: str, language: Language, **values: str) -> str:
    """A line around the findings; its name is a part of [summary]."""
    words: str = _file()["summary"][part][language]
    return words.format_map(values)


def _one(value: Value, language: Language) -> str:
    return value if isinstance(value, str) else value[language]


def _in_chinese(detail: str) -> str:
    """What the reader of lines and services says; as it is where no words are known for it."""
    for problem in _file()["resource_problem"]:
        found = re.search(problem["find"], detail)
        if found is not None:
            words: str = problem["zh"]
            return words.format_map(found.groupdict())
    return detail
