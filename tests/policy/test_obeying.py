"""For every control something obeys it, and what is named is there: code, tests, documents."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import Final

import qingting
from qingting.content_check.banned import banned_in
from qingting.policy.obeying import OBEYING
from qingting.policy.obeying_kinds import Always, Fact, Procedure, ReadBy, code_of, is_there
from qingting.policy.packs.controls import CONTROLS
from qingting.policy.packs.shelf import own_pack, shipped

ROOT: Final = Path(qingting.__file__).resolve().parents[1]
KINDS: Final = {"read": ReadBy, "always": Always, "procedure": Procedure, "fact": Fact}


def test_every_control_is_obeyed_in_the_way_it_says() -> None:
    assert set(OBEYING) == set(CONTROLS)
    wrong = [key for key, one in OBEYING.items() if type(one) is not KINDS[CONTROLS[key].obeyed]]
    assert wrong == []


def test_the_code_that_is_named_is_there_and_nothing_else_is() -> None:
    named = {code for one in OBEYING.values() for code in code_of(one)}
    assert [code for code in named if not is_there(code)] == []
    for gone in ("qingting.policy.packs:nothing", "qingting.nowhere:at_all", "nowhere.toml"):
        assert not is_there(gone)


def test_the_tests_that_are_named_are_there() -> None:
    known: dict[str, set[str]] = {}
    missing = []
    for key, one in OBEYING.items():
        if not isinstance(one, ReadBy | Always):
            continue
        file, _, function = one.test.partition("::")
        if file not in known:
            path = ROOT / file
            tree = ast.parse(path.read_text(encoding="utf-8")) if path.is_file() else ast.parse("")
            functions = (ast.FunctionDef, ast.AsyncFunctionDef)
            known[file] = {node.name for node in ast.walk(tree) if isinstance(node, functions)}
        if not function.startswith("test_") or function not in known[file]:
            missing.append(f"{key}: {one.test}")
    assert missing == []


def test_the_documents_and_headings_that_are_named_are_there() -> None:
    missing = []
    for key, one in OBEYING.items():
        if not isinstance(one, Procedure):
            continue
        path = ROOT / one.document
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
        if not re.search(rf"^#+ {re.escape(one.heading)}$", text, re.MULTILINE):
            missing.append(f"{key}: {one.document}, {one.heading}")
    assert missing == []


def test_every_control_has_plain_words_in_both_languages() -> None:
    path = ROOT / "qingting/content/policies/words.toml"
    words = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(words) == set(CONTROLS)
    for key, texts in words.items():
        assert set(texts) == {"zh", "en"}, key
        for language in ("zh", "en"):
            assert texts[language].endswith("。" if language == "zh" else ".") or "(" in texts["en"]
            assert banned_in(texts[language], language) is None, key


def test_the_document_lists_the_packs_there_are_and_its_example_is_one(tmp_path: Path) -> None:
    text = (ROOT / "docs/policy.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([\w-]+) \| .*? \| (\d{4}-\d\d-\d\d) \|$", text, re.MULTILINE))
    assert rows == {pack.id: pack.verified_on.isoformat() for pack in shipped().values()}
    example = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert example is not None
    own = tmp_path / "own.toml"
    own.write_text(example[1], encoding="utf-8")
    assert own_pack(own).statements[0].value == 0.5
