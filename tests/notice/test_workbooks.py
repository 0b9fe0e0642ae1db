"""Task lists that an office keeps in Excel: every cell as it is shown, what is not shown is told."""

from __future__ import annotations

import io
import shutil
import time
import zipfile
from datetime import date

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font
from reading_notices import read, shown, targets

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.documents import old_word
from workplan_xlsx.notice.reading import read_notice

HEADING = ["序号", "工作任务", "年度目标", "牵头单位", "配合单位", "完成时限"]


def workbook(*rows, change=None):
    """The bytes of a workbook with these rows below a title and a heading."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "任务"
    for row in (["河口县2024年重点任务清单"], ["河口县人民政府办公室"], ["2024年2月6日"], HEADING, *rows):
        sheet.append(row)
    if change:
        change(sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def told(notice):
    return [each.message("zh") for each in notice.findings]


def test_a_task_list_is_read_with_its_title(tmp_path):
    """Numbers, dates and text; units a line each; a lead merged over two rows."""
    notice = read(
        tmp_path,
        workbook(
            [1, "新建公园", "3个", "县城管局", "各街道\n县住建局", date(2024, 10, 31)],
            [2, "一季度走访企业120家。", None, "县工信局", None, "3月底"],
            [3, "培训工人200人。", None, None, None, "年底"],
            change=lambda sheet: sheet.merge_cells("D6:D7"),
        ),
        "清单.xlsx",
    )

    assert (notice.title, notice.issuer) == ("河口县2024年重点任务清单", "河口县人民政府办公室")
    assert notice.issued_on == date(2024, 2, 6)
    assert shown(notice) == [
        "/1 新建公园 | 县城管局 | 各街道、县住建局 | 2024年10月31日",
        "/2 一季度走访企业120家 | 县工信局 |  | 3月底",
        "/3 培训工人200人 | 县工信局 |  | 年底",
    ]
    assert [targets(task) for task in notice.tasks] == [
        ["3个 -> = 3 个"],
        ["120家 -> = 120 家"],
        ["200人 -> = 200 人"],
    ]


@pytest.mark.parametrize(
    ("value", "number_format", "read_as"),
    [
        (0.065, "0.0%", "6.5%"),
        (0.0653, "0%", "6.53%"),
        (12, '0"家"', "12家"),
        (1.5, '0.0"亿元"', "1.5亿元"),
        (1200000, "#,##0", "1200000"),
        (0.1 + 0.2, "General", "0.3"),
        (45473, "yyyy-m-d", "2024年6月30日"),
        (45473, 'yyyy"年"m"月"', "2024年6月"),
        (45473, "[$-804]m月d日", "6月30日"),
    ],
)
def test_a_number_is_read_as_it_is_shown_and_as_exactly_as_it_is_kept(
    tmp_path, value, number_format, read_as
):
    """Percent, units and dates are only looks of the number; a figure is never read without them."""

    def look(sheet):
        sheet["B5"].number_format = number_format

    notice = read(tmp_path, workbook([1, value, None, "县发改局"], change=look), "数.xlsx")

    assert [task.title for task in notice.tasks] == [read_as]


@pytest.mark.parametrize(
    ("value", "number_format"),
    [("=2+3", "General"), (123450000, '0!.0,"万元"'), (5_000_000, '0,,"百万"'), ("#REF!", "General")],
)
def test_a_cell_that_does_not_show_what_it_keeps_is_left_blank_and_told(tmp_path, value, number_format):
    """A formula that nobody worked out; 12345 that is shown as 1.2."""

    def look(sheet):
        sheet["C5"].number_format = number_format

    notice = read(tmp_path, workbook([1, "修渠", value, "县水利局"], change=look), "数.xlsx")

    assert [targets(task) for task in notice.tasks] == [[]]
    (message,) = told(notice)
    assert message.startswith("工作表“任务”有 1 格读不出数值：C5。")


def test_what_is_struck_through_or_hidden(tmp_path):
    """Hidden sheets and columns are not read, a hidden row is; each is told."""

    def hide(sheet):
        sheet["C5"].font = Font(strike=True)
        sheet.row_dimensions[6].hidden = True
        sheet["H5"] = "县旧局"
        sheet["H4"] = "原责任单位"
        sheet.column_dimensions["H"].hidden = True
        draft = sheet.parent.create_sheet("草稿")
        draft.append(["序号", "任务", "责任单位"])
        draft.sheet_state = "hidden"

    rows = ([1, "新建公园3个。", "9个", "县城管局"], [2, "修路5公里。", None, "县交通局"])
    notice = read(tmp_path, workbook(*rows, change=hide), "清单.xlsx")

    assert shown(notice) == ["/1 新建公园3个 | 县城管局", "/2 修路5公里 | 县交通局"]
    assert [targets(task) for task in notice.tasks] == [["3个 -> = 3 个"], ["5公里 -> = 5 公里"]]
    assert [(each.code.code, dict(each.facts).get("what", "")) for each in notice.findings] == [
        ("T114", "第 5 行“9个”"),
        ("T112", "H 列"),
        ("T113", ""),
        ("T112", "草稿"),
    ]


def test_a_task_struck_through_is_told_and_not_taken_as_live(tmp_path):
    """A whole row, and a figure within a text that was replaced: one sentence with both places."""

    def strike(sheet):
        for cell in sheet[6]:
            cell.font = Font(strike=True)
        gone, new = TextBlock(InlineFont(strike=True), "9个"), TextBlock(InlineFont(), "3个")
        sheet["C5"] = CellRichText(gone, new)

    rows = (
        [1, "新建公园", None, "县城管局"],
        [2, "建展馆", "1座", "县文旅局"],
        [3, "修路", "5公里", "县交通局"],
    )
    notice = read(tmp_path, workbook(*rows, change=strike), "清单.xlsx")

    assert shown(notice) == ["/1 新建公园 | 县城管局", "/3 修路 | 县交通局"]
    assert [targets(task) for task in notice.tasks] == [["3个 -> = 3 个"], ["5公里 -> = 5 公里"]]
    assert told(notice) == [
        "工作表“任务”中有 2 处加了删除线，按已撤销处理，没有读取：第 5 行“9个”、第 6 行“2 建展馆 1座 县文旅局”。"
        "请核对是否确已撤销；仍要执行的，请去掉删除线后重试。"
    ]


def test_chapters_and_several_sheets(tmp_path):
    """A chapter in a merged row; the next sheet goes on with its own heading."""

    def more(sheet):
        sheet.merge_cells("A5:F5")
        other = sheet.parent.create_sheet("民生")
        other.append(["项目名称", "责任单位"])
        other.append(["新建学校2所", "县教育局"])

    notice = read(tmp_path, workbook(["一、产业"], [1, "招商", "5家", "县商务局"], change=more), "多表.xlsx")

    assert shown(notice) == ["一/1 招商 | 县商务局", "/1 新建学校2所 | 县教育局"]


def test_a_list_without_a_column_of_owners_says_so(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["工作任务", "责任领导", "备注"])
    book.active.append(["修路3条", "张某", ""])
    book.save(tmp_path / "表.xlsx")

    with pytest.raises(NoticeError, match="表头：工作任务、责任领导、备注）没有写明由谁负责的列"):
        read_notice(tmp_path / "表.xlsx", "zh")


def changed(data, member, change):
    """The package with one part rewritten."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as package,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for each in package.namelist():
            content = package.read(each)
            out.writestr(each, change(content) if each == member else content)
    return made.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_a_stray_cell_far_out_costs_nothing(tmp_path):
    """It is told, and the work does not grow with its distance."""

    def far(sheet):
        sheet["XFD1048576"] = "x"

    data = changed(
        workbook([1, "修路3条", None, "县交通局"], change=far),
        SHEET,
        lambda content: content.replace(
            b"</sheetData>",
            b'</sheetData><mergeCells count="1"><mergeCell ref="B5:B1048576"/></mergeCells>',
        ),
    )
    start = time.process_time()
    notice = read(tmp_path, data, "远.xlsx")

    assert shown(notice) == ["/1 修路3条 | 县交通局"]
    assert told(notice) == ["工作表“任务”中隐藏或过远的内容（XFD 列）没有读取。如属任务，请取消隐藏后重试。"]
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: content[:-40], "已损坏或不完整"),
        (lambda content: content.replace(b"<sheetData>", b"<sheetData>" + b" " * (40 * 2**20)), "超过 24 MB"),
    ],
)
def test_a_harmful_or_broken_workbook_is_refused_in_one_sentence(tmp_path, change, said):
    """Cut off, or a bomb that is not unpacked."""
    data = changed(workbook([1, "修路3条", None, "县交通局"]), SHEET, change)

    with pytest.raises(NoticeError, match=said):
        read(tmp_path, data, "坏.xlsx")


def test_an_entity_that_asks_for_another_file_is_not_expanded(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("9个", encoding="utf-8")
    declared = f'<!DOCTYPE w [<!ENTITY a SYSTEM "{secret.as_uri()}">]><worksheet'.encode()
    data = changed(
        workbook([1, "修路", 5, "县交通局"]),
        SHEET,
        lambda content: content.replace(b"<worksheet", declared, 1).replace(b"<v>5</v>", b"<v>&a;</v>"),
    )

    notice = read(tmp_path, data, "引.xlsx")
    assert shown(notice) == ["/1 修路 | 县交通局"]
    assert [targets(task) for task in notice.tasks] == [[]]


def test_other_offices_files_are_read_by_way_of_libreoffice(tmp_path, libreoffice):
    """.xls, .ods and .odt say what the new file says; the name does not count."""
    source = tmp_path / "清单.xlsx"
    source.write_bytes(
        workbook([1, "新建公园", "3个", "县城管局", "各街道", "10月底"], [2, "修路5公里", None, "县交通局"])
    )
    expected = shown(read_notice(source, "zh"))
    text = tmp_path / "要点.txt"
    text.write_text("2024年要点\n一、民生\n1.办学。建学校2所。（县教育局负责）\n", encoding="utf-8")
    libreoffice.save_as("xls", tmp_path, source)
    libreoffice.save_as("ods", tmp_path, source)
    libreoffice.save_as("odt", tmp_path, text)
    shutil.copy(tmp_path / "清单.xls", tmp_path / "清单.et")

    assert [shown(read_notice(tmp_path / name, "zh")) for name in ("清单.et", "清单.ods")] == [expected] * 2
    assert shown(read_notice(tmp_path / "要点.odt", "zh")) == ["一/1 办学 | 县教育局"]


def test_without_libreoffice_an_old_workbook_gets_a_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(old_word, "libreoffice", lambda: None)
    old = b"\xd0\xcf\x11\xe0" + b"\x00" * 508 + "Workbook".encode("utf-16-le")

    with pytest.raises(NoticeError, match=r"请用 Excel/WPS 另存为 \.xlsx"):
        read(tmp_path, old, "旧.xls")
