"""What is typed wrong is answered in the user's own language, with what would be right; never a traceback."""

from __future__ import annotations

import pytest
from office import NOTICE, run


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("init 通知.txt ws --period daily", "“daily”不能用作 --period，应为 monthly / quarterly / half-monthly / weekly 之一。"),
        ("init 通知.txt ws --year 1800", "1800 不能用作 --year，应为 2000–2100。"),
        ("init 通知.txt 通知.txt", "无法建立工作目录“通知.txt”（"),
        ("init", "缺少 FILE。"),
        ("trace 39-1", "缺少 --period。"),
        ("collect --jobs 0", "0 不能用作 --jobs，应为 1–64。"),
        ("collect --settle", "--settle 后面要写一个值。"),
        ("collect --setle 3", "没有选项“--setle”（是否为 --settle？）。"),
        ("status a b", "多写了“a b”。"),
        ("stauts", "没有命令“stauts”（是否为 status？）。"),
        ("--lang fr status", "“fr”不能用作 --lang，应为 zh / en 之一。"),
        ("status -C ws", "没有选项“-C”（要写在命令之前，例如 workplan -C … 命令）。"),
        ("--lang en trace 39-1", "--period is missing. See the command's --help."),
        ("--lang en collect --jobs x", "x cannot be --jobs; it must be 1–64."),
        ("--lang en init 通知.txt 通知.txt", "The workspace “通知.txt” cannot be made ("),
    ],
)  # fmt: skip
def test_what_is_typed_wrong_is_told_in_the_users_language(typed, told, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    result = run(capsys, *typed.split())

    assert result.err.startswith(told)
    assert "Traceback" not in result.err
    assert result.code in (2, 3)


def test_a_group_without_its_command_shows_its_help(capsys):
    result = run(capsys, "service")

    assert result.err.startswith("Usage: workplan service")
    assert "print" in result.err


def test_an_address_in_the_settings_is_not_asked_to_be_a_time(office):
    text = (office.root / "workplan.toml").read_text(encoding="utf-8")
    (office.root / "workplan.toml").write_text(
        text.replace('\nurl = ""', '\nurl = "htp:/x"'), encoding="utf-8"
    )

    assert "写的是 htp:/x，应为以 http:// 或 https:// 开头的地址。" in office.run("status").err


def test_the_same_note_on_many_rows_is_told_twice_and_then_by_its_cells(office, monkeypatch):
    """One sentence forty times hides the one that matters; `collect --json` has all."""
    monkeypatch.setattr("workplan_xlsx.cli.lines._NOTES_OF_A_KIND", 1)
    same = {f"{code}:进展情况": "按计划推进" for code in ("1-1", "1-2", "3-1")}
    office.drop("商务局.xlsx", office.form("区商务局"), {"1-1": 10, "1-2": "0.5", "3-1": "推进中", **same})
    told = office.run("collect", "--settle", "0", "--as-of", "2023-06-26")

    assert told.err.count("只写了“按计划推进”") == 1
    assert "同样的提示另有 2 处：M10、M12（N407，全文见 collect --json）" in told.err


def test_an_old_edition_is_not_told_with_the_figures_of_today(office):
    """A clock that was wrong: forms that came after the first edition bear an earlier date."""
    office.run("report", "--period", "2023-06")  # by today's clock, long after the forms' own
    office.drop("商务局.xlsx", office.form("区商务局"), {"1-1": 10, "1-2": "0.5", "3-1": "推进中"})
    office.run("collect", "--settle", "0", "--as-of", "2023-06-26")
    told = office.run("report", "--period", "2023-06", "--as-of", "2022-01-01")

    assert "仍为第 1 版" in told.err
    assert "应报 3 个单位，计入 0 个" in told.err


def test_an_english_workspace_speaks_english_unasked_also_of_its_own_mistakes(tmp_path, capsys):
    """`language = "en"` stands in workplan.toml; nobody types --lang each time."""
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    root = tmp_path / "ws"
    assert run(capsys, "--lang", "en", "init", str(tmp_path / "通知.txt"), str(root)).code == 0
    settings = root / "workplan.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("day = 28", "day = 32"), encoding="utf-8"
    )
    told = [
        run(capsys, "-C", str(root), *words)
        for words in (("status",), ("doctor",), ("trace", "1-1"), ("explain", "Q411"))
    ]

    assert (
        told[0].err
        == "workplan.toml holds 1 mistakes:\n  1. deadline.day (line 20): it says 32; at most 31 is expected.\n"
    )
    assert not [each for each in told if any("\u4e00" <= sign <= "\u9fff" for sign in each.err + each.out)]
    assert "须核对" in run(capsys, "-C", str(root), "--lang", "zh", "explain", "Q411").out


@pytest.mark.parametrize("how", ["gone", "empty"])
def test_a_store_that_is_gone_is_no_new_beginning(office, how):
    """Forms went out: a cleaning program took workplan.db; nothing is begun anew, and nothing is written."""
    (office.root / "workplan.db").unlink()
    if how == "empty":
        (office.root / "workplan.db").touch()
    told = [office.run(*words) for words in (("status",), ("collect",), ("templates", "--period", "2023-07"))]

    assert {each.code for each in told} == {3}
    assert "workplan.db 不见了" in told[0].err
    assert not (office.root / "templates" / "2023-07").exists()


@pytest.mark.parametrize("moment", ["9999-12-31T23:59", "0001-01-01", "20230-06-01"])
def test_a_moment_of_a_year_in_which_no_plan_can_be_is_a_slip(office, moment):
    """A retry after the end of time cannot be reckoned."""
    for command in (("run", "--once"), ("collect",), ("report", "--period", "2023-06")):
        told = office.run(*command, "--as-of", moment)
        assert (told.code, told.err.strip()) == (
            2,
            f"“{moment}”不是日期或时刻，应为 2023-06-28 或 2023-06-28T17:30。",
        )
