"""The catalogue and its papers: the page is current, and every code is raised by some test."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from workplan_xlsx.domain.findings import Code
from workplan_xlsx.words import say

ROOT = Path(__file__).parent.parent
TESTS = {
    path: path.read_text(encoding="utf-8")
    for path in (ROOT / "tests").rglob("*")
    if path.suffix in (".py", ".txt") and path != Path(__file__)
}


def test_the_page_of_findings_is_current():
    """After a change to the catalogue: python tools/make_findings_doc.py."""
    sys.path.insert(0, str(ROOT / "tools"))
    from make_findings_doc import GROUPS, PAGE, page

    assert PAGE.read_text(encoding="utf-8") == page()
    assert {code.group for code in Code} - {"notice"} == set(GROUPS)  # a notice is read by the office itself


def is_raised(code: Code) -> bool:
    """Whether a test expects the code, its name, or the longest literal piece of its sentence."""
    sentences = [say(f"findings.{code.code}", lang) for lang in ("zh", "en")]
    pieces = [piece[:8] for each in sentences for piece in re.split(r"\{[^}]*\}", each) if len(piece) >= 8]
    named = re.compile(rf"\b({code.code}|{code.name})\b")
    return any(named.search(text) or any(piece in text for piece in pieces) for text in TESTS.values())


@pytest.mark.parametrize(
    "code", [code for code in Code if code.group != "notice"], ids=lambda code: code.code
)
def test_every_code_is_raised_by_some_test(code):
    """No rule without a test that expects it."""
    assert is_raised(code)


def test_every_failure_mode_names_tests_that_exist():
    """docs/failure_modes.md: a test that was renamed is renamed there too."""
    page = (ROOT / "docs" / "failure_modes.md").read_text(encoding="utf-8")
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", page)

    assert len(named) > 30
    for file, test in named:
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8"), f"{file}::{test}"
