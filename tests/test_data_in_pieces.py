"""`--json` of a province is printed piece by piece, and is to the letter what it would be in one piece."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from workplan_xlsx.cli import telling
from workplan_xlsx.cli.console import data_in_pieces

_simple = st.none() | st.booleans() | st.integers() | st.text(st.characters(codec=None, categories=None))
_json = st.recursive(_simple, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8)


@given(st.dictionaries(st.text(), _json), st.lists(_json))
def test_pieces_make_the_same_text(around, items):
    """Line breaks in a text, empty lists, half characters of broken file names."""
    whole = telling.as_text({"files": items, **around})
    assert "".join(telling.in_pieces({"files": iter(items), **around})) == whole
    assert "".join(telling.in_pieces(iter(items))) == telling.as_text(items)


def test_what_is_printed_is_all_of_it_with_a_line_s_end(capsys):
    data_in_pieces(f"{number}," for number in range(1234))
    assert capsys.readouterr().out == "".join(f"{number}," for number in range(1234)) + "\n"
