"""The custom document properties are searched where they are plainly spelled; a parser says the same."""

from __future__ import annotations

import pytest

from workplan_xlsx.books.returned.package_properties import _parsed
from workplan_xlsx.books.returned.plain_xml import plain_properties

_BEGINS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
    ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
)


def _part(*properties: str) -> bytes:
    return f"{_BEGINS}{''.join(properties)}</Properties>".encode()


def _property(name: str, told: str, kind: str = "lpwstr", pid: int = 2) -> str:
    fmtid = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
    return f'<property fmtid="{fmtid}" pid="{pid}" name="{name}"><vt:{kind}>{told}</vt:{kind}></property>'


def test_as_office_programs_write_them_they_are_found_without_a_parser():
    part = _part(_property("workplan_unit", "区商务局"), _property("workplan_period", "2023-06", pid=3))
    told = {"workplan_unit": "区商务局", "workplan_period": "2023-06"}
    assert plain_properties(part) == _parsed(part, "custom.xml") == told


@pytest.mark.parametrize(
    "part",
    [
        pytest.param(_part(_property("a", "甲&amp;乙")), id="an entity"),
        pytest.param(_part(_property("a", "甲"), _property("a", "乙", pid=3)), id="a name twice"),
        pytest.param(_part(_property("a", "甲"), "<!-- -->"), id="a comment"),
        pytest.param(
            _part('<property name="a" pid="2"><vt:lpwstr>甲</vt:lpwstr></property>'), id="another order"
        ),
        pytest.param(_part(_property("a", "<b>甲</b>")), id="an element inside"),
        pytest.param(_part(_property("a", "甲\r\n乙")), id="line ends that a parser changes"),
        pytest.param(_part(_property("a", "甲"))[:-3], id="breaks off"),
    ],
)
def test_whatever_is_spelled_otherwise_goes_to_the_parser(part):
    assert plain_properties(part) is None


def test_none_at_all_are_none():
    assert plain_properties(_part()) == {}
