"""What cannot be read is said in one sentence, with what to do; never a traceback."""

from __future__ import annotations

import zipfile

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
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 100, "请用 Word/WPS 另存为 .docx"),
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
