"""What cannot be read is said in one sentence, with what to do; never a traceback."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.reading import read_notice

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 100


def truncated_docx(path):
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<w:document>" * 50)
    path.write_bytes(path.read_bytes()[:80])


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("空.txt", b"", "“空.txt”是空文件"),
        ("扫描.docx", PNG, "“扫描.docx”是图片或扫描件"),
        (
            "加密.docx",
            b"\xd0\xcf\x11\xe0" + b"\x00" * 508 + "EncryptedPackage".encode("utf-16-le"),
            "设有密码",
        ),
        ("无编号.txt", "各单位：\n请抓好落实。\n".encode(), "没有找到编号的任务"),
        ("乱码.txt", b"\xff\xff\xfe\x81\x00", "编码无法识别"),
        ("坏.docx", b"PK\x03\x04 not a package", "已损坏或不完整"),
        ("坏.pdf", b"%PDF-1.7 nothing", "已损坏或不完整"),
    ],
)
def test_each_bad_file_gets_its_sentence(tmp_path, name, content, said):
    """The content decides, not the name."""
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(NoticeError, match=said):
        read_notice(path, "zh")


def test_a_truncated_docx_and_a_zip_of_something_else(tmp_path):
    """Half a download, and a zip with a Word name."""
    half, other = tmp_path / "半.docx", tmp_path / "压缩.docx"
    truncated_docx(half)
    with zipfile.ZipFile(other, "w") as package:
        package.writestr("a.txt", "a")

    with pytest.raises(NoticeError, match="已损坏或不完整"):
        read_notice(half, "zh")
    with pytest.raises(NoticeError, match="不是 Word 文档"):
        read_notice(other, "zh")


def test_a_zip_bomb_named_docx_is_refused_without_being_unpacked(tmp_path):
    """A part of 200 MB of blanks."""
    path = tmp_path / "大.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (200 * 2**20))

    with pytest.raises(NoticeError, match="超过"):
        read_notice(path, "zh")


def test_gb18030_and_utf16_are_read(tmp_path):
    """What Notepad saved ten years ago."""
    text = "关于印发2024年工作的通知\n一、产业\n1.招商。引进项目5个。（牵头单位：区商务局）\n"
    for encoding in ("gb18030", "utf-16", "utf-8-sig"):
        path = tmp_path / f"{encoding}.txt"
        path.write_bytes(text.encode(encoding))
        (task,) = read_notice(path, "zh").tasks
        assert (task.title, task.lead_units, task.targets[0].what) == ("招商", ("区商务局",), "引进项目")


def test_a_pdf_of_pictures_is_told_apart(tmp_path):
    """Pages without a single character."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>"
    parts = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page]
    data, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(data))
        data += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    data += table + b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(data)
    path = tmp_path / "扫描.pdf"
    path.write_bytes(data)

    with pytest.raises(NoticeError, match="图片或扫描件"):
        read_notice(path, "zh")


def test_an_ofd_file_is_named(tmp_path):
    path = tmp_path / "通知.ofd"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("OFD.xml", "<ofd/>")

    with pytest.raises(NoticeError, match="OFD 版式文件"):
        read_notice(path, "zh")


def test_a_text_of_300_mb_is_refused_unread(tmp_path):
    """A sparse file: nothing of it is read."""
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(300 * 2**20)

    with pytest.raises(NoticeError, match="超过 60 MB"):
        read_notice(path, "zh")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no endless file here")
def test_a_file_without_an_end_is_too_large():
    with pytest.raises(NoticeError, match="超过 60 MB"):
        read_notice(Path("/dev/zero"), "zh")


@pytest.mark.parametrize("text", ["1.修路" * 800_000, "（" * 2_100_000, "5个" * 1_100_000])
def test_a_text_that_no_notice_reaches_is_refused_before_it_is_worked_on(tmp_path, text):
    path = tmp_path / "长.txt"
    path.write_bytes(text.encode())

    with pytest.raises(NoticeError, match="文字过长"):
        read_notice(path, "zh")


@pytest.mark.parametrize(
    "text",
    [
        "1." + "（" * 20_000 + "\n2.修路。（县交通局负责）",
        "1.修路" + "3条、" * 20_000 + "\n2.修路。（县交通局负责）",
        "1.（牵头单位：" + "县局、" * 20_000 + "\n2.修路。（县交通局负责）",
        "|" * 50_000 + "\n1.修路。（县交通局负责）",
        "1.修路“" + "“" * 30_000 + "\n2.修路。（县交通局负责）",
    ],
)
def test_odd_texts_cost_no_more_than_they_are_long(tmp_path, text):
    """Brackets that never close, a sentence of 20,000 numbers: seconds, not hours."""
    import time

    path = tmp_path / "怪.txt"
    path.write_bytes(text.encode())
    start = time.process_time()
    read_notice(path, "zh")

    assert time.process_time() - start < 20


def test_a_lost_character_is_told_with_its_place(tmp_path):
    """U+FFFD: what an earlier program could not write."""
    path = tmp_path / "转.txt"
    path.write_text("要点\n1.修路。修路\ufffd条。（县交通局负责）\n", encoding="utf-8")

    (finding,) = read_notice(path, "zh").findings
    assert finding.message("zh").startswith("第 2 段有无法识别的字符（“1.修路。修路\ufffd条。")
