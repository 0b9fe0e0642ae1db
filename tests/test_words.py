"""The catalogue of texts: both languages say the same, and nothing is asked of it that is not there."""

from __future__ import annotations

import re
import string
import tomllib
from pathlib import Path

import pytest

from workplan_xlsx.domain.findings import Code
from workplan_xlsx.words import has
from workplan_xlsx.words.listing import clauses, listed

PACKAGE = Path(__file__).parent.parent / "workplan_xlsx"
CHAPTERS = sorted((PACKAGE / "words").glob("*.toml"))


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.stem)
def test_every_entry_has_both_languages_with_the_same_places(chapter):
    """A place that one language forgets would hide a fact from its readers."""
    entries = tomllib.loads(chapter.read_text(encoding="utf-8"))

    for key, entry in entries.items():
        assert set(entry) == {"zh", "en"}, f"{chapter.stem}.{key}"
        assert places(entry["zh"]) == places(entry["en"]), f"{chapter.stem}.{key}"


def test_every_literal_key_in_the_code_is_in_the_catalogue():
    """`say("form.title", ...)` finds its entry."""
    asked = {
        key
        for path in PACKAGE.rglob("*.py")
        for key in re.findall(r'say\(\s*"([a-z_]+\.[A-Za-z0-9_]+)"', path.read_text(encoding="utf-8"))
    }

    assert len(asked) > 150
    assert [key for key in sorted(asked) if not has(key)] == []


def test_every_finding_has_its_sentence():
    """No code without a sentence, and no sentence without a code."""
    sentences = set(tomllib.loads((PACKAGE / "words" / "findings.toml").read_text(encoding="utf-8")))

    assert {code.code for code in Code} == sentences


def test_lists_are_joined_by_the_one_piece_that_knows_the_readers_language():
    """`"、".join` is left where it writes what is read again, or tells the ledger's own cells."""
    joining = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*.py")
        if re.search(r"""["']、["']\.join""", path.read_text(encoding="utf-8"))
    }

    assert joining == {
        "books/ledger/names.py",
        "domain/ledger_changes.py",
        "notice/tables/lists_of_names.py",
    }
    assert listed(["39-1", "39-2", 40], "zh") == "39-1、39-2、40"
    assert listed(["39-1", "39-2", 40], "en") == "39-1, 39-2, 40"
    assert clauses(["a, b", "c"], "zh") == "a, b；c"
    assert clauses(["a, b", "c"], "en") == "a, b; c"
