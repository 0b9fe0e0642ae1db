"""PDF as LibreOffice prints it, .doc and .rtf as it saves them: the same notice in every dress."""

from __future__ import annotations

import shutil
import subprocess
import time

import pytest
from reading_notices import read, shown, targets
from word_files import cell, definition, listed, p, row, table, word

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents import old_word
from workplan_xlsx.notice.reading import read_notice

LONG = "坚持因地制宜、分类施策，统筹推进水源工程、输水管网和信息化管护一体建设，着力补齐农村供水设施短板，逐步实现城乡供水同源、同网、同质、同服务，"


def body():
    """Two chapters, items long enough to be broken by the page, then a ruled table of tasks."""
    items = "".join(
        listed(
            f"第{n}项水利工作。{LONG}{LONG}年内修渠{n}.5公里以上，改造泵站{n}座。（牵头单位：县水利局、县财政局；配合单位：各乡镇人民政府）",
            level=1,
        )
        for n in range(1, 31)
    )
    return (
        p("河口县2024年水利工作要点") + listed("兴修水利，夯实农业发展基础") + items + p("（此件公开发布）")
    )


NUMBERED = definition(("chineseCountingThousand", "%1、"), ("decimal", "%2."))


@pytest.fixture(scope="module")
def files(libreoffice, tmp_path_factory):
    """The same Word file, printed and saved in the old formats."""
    folder = tmp_path_factory.mktemp("printed")
    source, listing = folder / "要点.docx", folder / "清单.docx"
    source.write_bytes(word(body(), NUMBERED))
    merged, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    borders = (
        "<w:tblPr><w:tblBorders>"
        + "".join(
            f'<w:{side} w:val="single" w:sz="4"/>'
            for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        )
        + "</w:tblBorders></w:tblPr>"
    )
    rows = [
        row(
            str(n),
            f"修建第{n}号渠道，长{n}.5公里，并配套建设闸门、桥涵和巡护道路等附属设施。",
            "县水利局、县财政局、县自然资源和规划局",
            "年底",
        )
        for n in range(1, 61)
    ]
    ruled = table(
        row("序号", "工作任务", "牵头单位", "完成时限"),
        *rows,
        row("61", "打井5眼。") + cell("县水利局", merged) + cell("6月底"),
        row("62", "种树3万株。") + cell("", goes_on) + cell("6月底"),
    )
    listing.write_bytes(word(p("河口县2024年水利任务清单") + ruled.replace("<w:tbl>", f"<w:tbl>{borders}")))
    for kind, one in (("pdf", source), ("pdf", listing), ("doc", source), ("rtf", source)):
        libreoffice.save_as(kind, folder, one)
    return folder


def test_a_printed_notice_says_what_its_word_file_says(files):
    """Lines joined, page numbers gone, items in sequence."""
    printed, typed = read_notice(files / "要点.pdf", "zh"), read_notice(files / "要点.docx", "zh")

    assert shown(printed) == shown(typed)
    assert [targets(task) for task in printed.tasks] == [targets(task) for task in typed.tasks]
    assert shown(printed)[29] == "一/30 第30项水利工作 | 县水利局、县财政局 | 各乡镇人民政府"


def test_a_ruled_table_in_a_pdf_is_read_as_a_table(files):
    """Cells that are broken over lines, a table over several pages, a unit merged over two rows."""
    printed = shown(read_notice(files / "清单.pdf", "zh"))

    assert len(printed) == 62
    assert (
        printed[7]
        == "/8 修建第8号渠道，长8.5公里，并配套建设闸门、桥涵和巡护道路等附属设施 | 县水利局、县财政局、县自然资源和规划局 |  | 年底"
    )
    assert printed[61] == "/62 种树3万株 | 县水利局 |  | 6月底"


@pytest.mark.parametrize("kind", ["doc", "rtf"])
def test_old_word_files_are_read_by_way_of_libreoffice(files, kind):
    """Also under another name: the content decides."""
    other = files / f"旧 {kind}.wps"
    shutil.copy(files / f"要点.{kind}", other)

    assert shown(read_notice(other, "zh")) == shown(read_notice(files / "要点.docx", "zh"))


def test_without_libreoffice_an_old_word_file_gets_a_sentence(tmp_path, monkeypatch):
    """Save it as .docx."""
    monkeypatch.setattr(old_word, "libreoffice", lambda: None)

    with pytest.raises(NoticeError, match="请用 Word/WPS 另存为"):
        read(tmp_path, b"{\\rtf1\\ansi x}", "旧.rtf")


def test_an_encrypted_pdf_asks_for_the_password_to_be_removed(files, libreoffice):
    """As LibreOffice writes one."""
    options = '{"EncryptFile":{"type":"boolean","value":"true"},"DocumentOpenPassword":{"type":"string","value":"x"}}'
    folder = files / "locked"
    command = [
        "soffice",
        f"-env:UserInstallation=file://{libreoffice._home}",
        "--headless",
        "--convert-to",
        f"pdf:writer_pdf_Export:{options}",
        "--outdir",
        str(folder),
        str(files / "要点.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=240)

    with pytest.raises(NoticeError, match="设有密码"):
        read_notice(folder / "要点.pdf", "zh")


def test_a_pdf_is_read_in_time(files):
    """About 0.1 s a page at most; the bound is generous, the machine may be busy."""
    start = time.process_time()
    read_notice(files / "清单.pdf", "zh")

    assert time.process_time() - start < 15
