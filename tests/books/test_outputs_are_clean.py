"""Every output of a month, unzipped part by part: nothing active in it comes from what was sent in.

What is ours is known in two ways: only the kinds of parts that our writers make may be there; and whatever a
spreadsheet would act on (formulas, rules, lists, names, links) must be what the same month has when the same
figures come back with harmless words.
"""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hostile_forms import ATTACKS, MARK, send
from office import NOTICE, told

from workplan_xlsx.books.bulletin.template import SHIPPED
from workplan_xlsx.pipeline import show_status
from workplan_xlsx.steps.workspace import open_office

OURS = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|docProps/(app|core|custom)\.xml|xl/_rels/workbook\.xml\.rels|"
    r"xl/(workbook|styles|sharedStrings|theme/theme1|metadata)\.xml|xl/worksheets/sheet\d+\.xml|"
    r"xl/worksheets/_rels/sheet\d+\.xml\.rels|xl/comments\d+\.xml|xl/charts/chart\d+\.xml|"
    r"xl/drawings/(drawing\d+\.xml|_rels/drawing\d+\.xml\.rels|vmlDrawing\d+\.vml)"
)
"""The parts that our writers make. Macros, links, queries, connections, objects, models are other parts."""

ACTIVE = ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "oddFooter")
"""Elements whose text a spreadsheet acts on, in sheets, rules, lists, names, tables and charts."""

FIELDS = ("instrText", "fldSimple", "altChunk", "object", "OLEObject", "control", "attachedTemplate")
SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True)
class Month:
    """The workspace of a month in which these forms came back."""

    root: Path
    outcomes: list[str]

    def outputs(self, suffix: str) -> list[Path]:
        """What we made, originals left aside: they stay as they came."""
        made = (path for path in self.root.rglob(f"*{suffix}") if not path.name.startswith("."))
        return sorted(path for path in made if self.root / "inbox" not in path.parents)


def a_month(folder: Path, *, hostile: bool) -> Month:
    """Forms out, back, judged, published; the ledger and the next month's forms carry what was written."""
    root, notice = folder / "ws", folder / "通知.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    office = ("-C", str(root))
    told("init", str(notice), str(root))
    told(*office, "templates", "--period", "2023-06", "--as-of", "2023-06-01")
    forms = {path.name.split("_")[1]: path for path in (root / "templates" / "2023-06").glob("*_区*_*.xlsx")}
    hostile_names = ("=HYPERLINK(1).xlsm", "-rf.xlsm", "@SUM(1).xlsm", "+1.xlsm")
    plain_names = ("商务局.xlsm", "科技局.xlsm", "人社局.xlsm", "又一份.xlsm")
    for (unit, values, attack), name in zip(SENT, hostile_names if hostile else plain_names, strict=True):
        send(forms[unit], root / "inbox" / name, values, hostile=hostile, first=attack)
    files = json.loads(told(*office, "collect", "--json", "--settle", "0", "--as-of", "2023-06-27T10:00"))
    told(*office, "report", "--period", "2023-06", "--as-of", "2023-07-03")
    with open_office(root, now=datetime.fromisoformat("2023-06-28T10:00+08:00"), lang=None) as opened:
        show_status(opened)
    told(*office, "templates", "--period", "2023-07", "--as-of", "2023-07-03")
    return Month(root, sorted(f"{each['unit']} {each['outcome']}" for each in files["files"]))


SENT = (
    ("区商务局", {"1-1": 16, "1-2": 0.6, "3-1": "推进中"}, 0),
    ("区科技局", {"2-1": "ATTACK", "2-2": 0.2}, 11),
    ("区人社局", {"4-1": 2100}, 18),
    ("区商务局", {"1-1": "ATTACK", "1-2": 0.6}, 1),
)
"""Unit, figures, and which attack is the first: two forms are accepted, two go back."""


@pytest.fixture(scope="module")
def hostile_month(tmp_path_factory):
    return a_month(tmp_path_factory.mktemp("hostile"), hostile=True)


@pytest.fixture(scope="module")
def harmless_month(tmp_path_factory):
    return a_month(tmp_path_factory.mktemp("harmless"), hostile=False)


def test_the_attacks_came_through_as_words(hostile_month, harmless_month):
    """Else the tests below would prove nothing: they stand in every kind of output, as they were sent."""
    accepted = ["区人社局 accepted", "区商务局 accepted", "区商务局 returned", "区科技局 returned"]
    words = {path.name: _all_text(path) for path in hostile_month.outputs(".xlsx")}
    carrying = [name for name, text in words.items() if MARK in text]

    assert hostile_month.outcomes == harmless_month.outcomes == accepted
    for kind in ("退回", "排名通报", "ledger", "区商务局_2023-07"):
        assert any(kind in name for name in carrying), f"{kind}: {carrying}"
    assert [
        attack for attack in ATTACKS if not any(_as_read(attack) in text for text in words.values())
    ] == []


def test_no_output_has_a_part_that_is_not_ours(hostile_month):
    """No macro, external workbook, query, connection, OLE object, data model, custom XML."""
    books = hostile_month.outputs(".xlsx")
    strange = [(path.name, part) for path in books for part in _parts(path) if not OURS.fullmatch(part)]
    types = [path.name for path in books if b"macroEnabled" in _parts(path)["[Content_Types].xml"]]

    assert len(books) >= 9  # ledger, two months' forms with their index, marked copies, the ranking
    assert (strange, types) == ([], [])


def test_nothing_leads_out_of_an_output(hostile_month):
    """No relationship leaves its workbook, but for the index of forms: to the forms and notes beside it."""
    out = [(path, target) for path in hostile_month.outputs(".xlsx") for target in _leads_out(path)]
    beside = {(path.name, target) for path, target in out if (path.parent / target).is_file()}

    assert {(path.name, target) for path, target in out} == beside
    assert {path.parent.parent.name for path, _ in out} <= {"templates"}


def test_whatever_a_spreadsheet_acts_on_is_what_harmless_words_would_have_given(
    hostile_month, harmless_month
):
    """Formulas, rules, lists, names, links: the same in every workbook, and nothing that was sent in them."""
    hostile = {path.relative_to(hostile_month.root): path for path in hostile_month.outputs(".xlsx")}
    harmless = {path.relative_to(harmless_month.root): path for path in harmless_month.outputs(".xlsx")}

    assert hostile.keys() == harmless.keys()
    for name, path in hostile.items():
        active = Counter(_active(path))
        assert not [each for each in active if MARK in each[1]], name
        assert active == Counter(_active(harmless[name])), name
    assert sum(len(list(_active(path))) for path in hostile.values()) > 100  # there are formulas to see


def test_the_word_papers_have_no_field_link_or_object_but_those_of_their_template(hostile_month):
    """A Word file acts on fields: their number is the template's, and no text of theirs was sent in."""
    papers = hostile_month.outputs(".docx")
    fields = [text for path in papers for text in _fields(path)]
    own = {text for path in SHIPPED.glob("*.docx") for text in _fields(path)}

    assert papers
    assert set(fields) <= own
    assert [target for path in papers for target in _leads_out(path)] == []
    assert not [name for path in papers for name in _parts(path) if re.search("vba|embed|activeX", name)]


def test_no_cell_of_a_csv_begins_like_a_formula(hostile_month):
    """Numbers may have a minus; everything else that begins with a sign stands behind an apostrophe."""
    tables = hostile_month.outputs(".csv")
    cells = [
        cell
        for path in tables
        for row in csv.reader(StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        for cell in row
    ]

    assert len(tables) == 2
    assert any("HYPERLINK" in cell for cell in cells)
    assert [cell for cell in cells if cell.startswith(SIGNS) and not _is_number(cell)] == []


def test_libreoffice_takes_no_cell_of_a_csv_for_a_formula(hostile_month, libreoffice, tmp_path):
    """The real program opens it and saves a workbook: no formula in it."""
    for saved in libreoffice.save_as("xlsx", tmp_path, *hostile_month.outputs(".csv")):
        assert [text for kind, text in _active(saved) if kind == "f"] == []


def test_the_status_page_has_no_tag_that_was_sent(hostile_month, harmless_month):
    """No script, no address: tags and attributes are those of the harmless month."""
    (page,), (twin,) = hostile_month.outputs(".html"), harmless_month.outputs(".html")

    assert MARK in page.read_text(encoding="utf-8")
    assert _tags(page) == _tags(twin)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def _leads_out(path: Path) -> Iterator[str]:
    for name, content in _parts(path).items():
        if name.endswith(".rels"):
            for link in ElementTree.fromstring(content):
                if link.get("TargetMode") == "External":
                    yield str(link.get("Target"))


def _active(path: Path) -> Iterator[tuple[str, str]]:
    """(kind, text) of everything that a spreadsheet acts on."""
    for name, content in _parts(path).items():
        if not name.endswith((".xml", ".rels", ".vml")):
            continue
        for element in ElementTree.fromstring(content).iter():
            kind = element.tag.rpartition("}")[2]
            if kind in ACTIVE:
                yield kind, element.text or ""
            if kind == "hyperlink":
                yield kind, element.get("location") or ""
            for attribute in ("macro", "href", "src", "connectionId"):
                if element.get(attribute) is not None:
                    yield f"@{attribute}", str(element.get(attribute))


def _all_text(path: Path) -> str:
    texts = []
    for name, content in _parts(path).items():
        if name.endswith(".xml"):
            texts += [element.text or "" for element in ElementTree.fromstring(content).iter()]
    return "\n".join(texts)


def _as_read(attack: str) -> str:
    """Its first line without what no program shows, as it may be cut to fit a cell."""
    return re.split(r"[\x00-\x1f\u202e\ufeff]", attack.strip())[-1][:40]


def _fields(path: Path) -> Iterator[str]:
    for name, content in _parts(path).items():
        if name.startswith("word/") and name.endswith(".xml"):
            for element in ElementTree.fromstring(content).iter():
                kind = element.tag.rpartition("}")[2]
                if kind in FIELDS:
                    instruction = [value for key, value in element.attrib.items() if key.endswith("instr")]
                    yield " ".join([kind, element.text or "", *instruction])


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def _tags(path: Path) -> set[tuple[str, tuple[str, ...]]]:
    """Every kind of tag with the names of its attributes."""
    seen: set[tuple[str, tuple[str, ...]]] = set()

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.add((tag, tuple(name for name, _ in attrs)))

    Tags().feed(path.read_text(encoding="utf-8"))
    return seen
