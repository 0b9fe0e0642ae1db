"""The sample notice is complete, and says the same as text and as Word document."""

from __future__ import annotations

from pathlib import Path

from workplan_xlsx.demo.data import NOTICE
from workplan_xlsx.notice.reading import read_notice
from workplan_xlsx.notice.telling import notice_json

TEXT = NOTICE.with_suffix(".txt")


def test_it_has_the_size_of_the_real_one():
    """83 items in 11 chapters, 34 lead units, 149 pairs, 43 joint items, 125 targets."""
    notice = read_notice(NOTICE, "zh")
    leads = [task.lead_units for task in notice.tasks]

    assert (len(notice.sections), len(notice.tasks)) == (11, 83)
    assert len({unit for each in leads for unit in each}) == 34
    assert (sum(map(len, leads)), sum(len(each) > 1 for each in leads)) == (149, 43)
    assert sum(each.is_measured_target for task in notice.tasks for each in task.targets) == 125


def test_word_and_text_say_the_same():
    """Automatic numbers of Word come out as printed ones."""
    assert notice_json(read_notice(NOTICE, "zh")) == notice_json(read_notice(TEXT, "zh"))


def test_the_word_file_is_built_from_the_text():
    """notice.docx is what tools/make_sample_notice.py makes of notice.txt, byte for byte."""
    import runpy

    tool = runpy.run_path(str(Path(__file__).parents[2] / "tools" / "make_sample_notice.py"))

    assert tool["build"](TEXT.read_text(encoding="utf-8").splitlines()) == NOTICE.read_bytes()
