"""outbox/状态.html in a real browser: on a desk, on a telephone and on paper nothing sticks out or is lost."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from browser import PROGRAM, measured, printed
from founded import RIGHT, Desk, at

from workplan_xlsx.domain.editions.reported import Punctuality
from workplan_xlsx.domain.overview import Overview, PeriodState, Trouble, UnitState
from workplan_xlsx.domain.period import Period
from workplan_xlsx.pages.status import status_page

in_chromium = pytest.mark.skipif(
    PROGRAM is None, reason="Chromium is not installed (apt-get install chromium): the page is shown in it"
)
UNITS = ("区商务局", "区科技局", "区人社局")


@pytest.fixture
def page(desk: Desk) -> Path:
    """One unit has sent, one was sent back its form with long reasons, one is missing; July's forms fail."""
    desk.look("2023-06-01T08:31")
    desk.drop("商务局.xlsx", "区商务局", RIGHT)
    desk.drop("人社局.xlsx", "区人社局", {"4-1": "很" * 60, "4-1:进展情况": "w" * 300})
    (desk.root / "templates" / "2023-07").write_text("in the way")
    desk.look("2023-06-26T10:00")
    desk.look("2023-07-03T10:00")
    return desk.root / "outbox" / "状态.html"


@in_chromium
@pytest.mark.parametrize("width", [1200, 800, 360], ids=["desk", "half a screen", "telephone"])
def test_nothing_sticks_out_of_the_page_and_every_unit_is_named(page, tmp_path, width):
    told = measured(page, tmp_path, width)

    assert told["width"] <= width
    assert told["sticks_out"] == []
    for word in (
        *UNITS,
        "更新于 2023-07-03 10:00",
        "没有做成的事",
        "下发填报表 2023-07",
        "很很",
        "退回未重报",
    ):
        assert word in told["text"]


@in_chromium
@pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="poppler-utils is not installed: it reads the sheet"
)
def test_on_paper_every_word_lies_within_the_sheet(page, tmp_path):
    """A4; the unit whose form came back stands on the first sheet with its reasons."""
    sheets = words_of(printed(page, tmp_path))
    size, every = sheets[0][0], [word for _, words in sheets for word in words]
    text = ["".join(word.text or "" for word in words) for _, words in sheets]

    assert (round(size[0]), round(size[1])) == (595, 842)
    assert all(float(word.attrib["xMin"]) >= 0 and float(word.attrib["xMax"]) <= size[0] for word in every)
    assert "区人社局" in text[0]
    assert all(unit in "".join(text) for unit in UNITS)


def words_of(pdf: Path) -> list[tuple[tuple[float, float], list[ElementTree.Element]]]:
    """Each sheet's size in points, and its words with their places."""
    shown = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True).stdout
    tree = ElementTree.fromstring(shown.decode())
    return [
        ((float(sheet.attrib["width"]), float(sheet.attrib["height"])), sheet.findall(".//{*}word"))
        for sheet in tree.findall(".//{*}page")
    ]


def test_it_loads_nothing_and_runs_nothing(page):
    """A shared folder may be all there is: no script, no picture, no font, no address."""
    text = page.read_text(encoding="utf-8")

    assert not re.search(r"<script|\bsrc=|\bhref=|https?:|url\(|@import", text)
    assert "default-src 'none'" in text


@in_chromium
def test_what_others_write_stays_text(tmp_path):
    """A unit, a file name and an error that are HTML themselves: they are read, not run."""
    evil = '<script>document.title="taken"</script><img src=x onerror="parent.document.title=1">"\'&amp;'
    shown = tmp_path / "状态.html"
    shown.write_text(status_page(hostile_view(evil), "zh"), encoding="utf-8")
    told = measured(shown, tmp_path, 360)

    assert (told["title"], told["foreign"]) == ("asking", 0)
    assert told["text"].count(evil) == 8
    assert told["sticks_out"] == []


def hostile_view(evil: str) -> Overview:
    now = at("2023-06-26T10:00")
    unit = UnitState(unit=evil, state=Punctuality.RETURNED, received_at=now, version=2, why_returned=(evil,))
    state = PeriodState(
        period=Period.parse("2023-06"), deadline=now + timedelta(days=2), deadline_moved=True, units=(unit,),
        edition_period=Period.parse("2023-05"), edition=1, edition_file=evil, edition_as_of=now,
    )  # fmt: skip
    return Overview(
        title=evil, at=now, period=state, coming=(), lapsed=((evil, ""),), warnings=(evil,),
        troubles=(Trouble(what=evil, since=now, why=evil, attempts=1, retry_at=None),),
    )  # fmt: skip
