"""What the law sets is read by code that does something with it."""

from __future__ import annotations

import ast
from dataclasses import fields
from pathlib import Path

import qingting
from qingting.companion.policy import Policy
from qingting.people.consent.ages import AgeRules
from qingting.policy.packs.duties import Duties


class Names(ast.NodeVisitor):
    def __init__(self) -> None:
        self.found: set[str] = set()

    def visit_Attribute(self, node: ast.Attribute) -> None:
        self.found.add(node.attr)
        self.generic_visit(node)


def test_every_field_that_the_law_sets_is_read_by_code() -> None:
    names = Names()
    root = Path(qingting.__file__).parent
    for path in root.rglob("*.py"):
        if "packs" not in path.parts:
            names.visit(ast.parse(path.read_text(encoding="utf-8")))
    owed = {one.name for kind in (Policy, Duties, AgeRules) for one in fields(kind)}
    assert owed - names.found == set()
