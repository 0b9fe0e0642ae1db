"""`--json` of a province is printed piece by piece, and says what it would in one piece; an item a line."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from workplan_xlsx.cli import telling
from workplan_xlsx.cli.console import data_in_pieces

_simple = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None, categories=None))
_json = st.recursive(_simple, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(st.dictionaries(st.text(), _json), st.lists(_json))
def test_pieces_say_what_the_whole_would(around, items):
    """Line breaks in a text, empty lists, half characters of broken file names."""
    whole = json.loads(telling.as_text({"files": items, **around}))
    assert json.loads("".join(telling.in_pieces({"files": iter(items), **around}))) == whole
    assert json.loads("".join(telling.in_pieces(iter(items)))) == json.loads(telling.as_text(items))


def test_every_item_of_a_long_list_stands_on_a_line():
    files = [{"file": "一\n二.xlsx", "findings": []}, {"file": "三.xlsx", "findings": [{"cell": "I9"}]}]
    told = "".join(telling.in_pieces({"files": iter(files), "seen": 2}))
    assert told.splitlines() == [
        "{",
        ' "files": [',
        r'  {"file": "一\n二.xlsx", "findings": []},',
        '  {"file": "三.xlsx", "findings": [{"cell": "I9"}]}',
        " ],",
        ' "seen": 2',
        "}",
    ]


def test_what_is_printed_is_all_of_it_with_a_line_s_end(capsys):
    data_in_pieces(f"{number}," for number in range(1234))
    assert capsys.readouterr().out == "".join(f"{number}," for number in range(1234)) + "\n"
