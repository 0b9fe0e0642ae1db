"""`workplan status` and the page: how things stand at a moment, from one room and with the same words."""

from __future__ import annotations

import re

from founded import RIGHT, Desk, at, settings
from office import SmallOffice

from workplan_xlsx import pipeline
from workplan_xlsx.cli.overview import status_json, status_lines
from workplan_xlsx.steps.workspace import open_office
from workplan_xlsx.store.lock import service_lock, workspace_lock

ALL_RIGHT = {
    "区商务局": RIGHT,
    "区科技局": {"1-1": 10, "1-2": "0.5", "2-1": 30, "2-2": 30},
    "区人社局": {"4-1": 2000},
}


def status(desk: Desk, moment: str) -> tuple[list[str], dict[str, object]]:
    """As lines and as data."""
    with open_office(desk.root, now=at(moment), lang="zh") as office:
        view = pipeline.overview(office)
        returns = pipeline.status(office) if view.period else None
        return list(status_lines(view, returns, "zh")), status_json(view, returns, "zh")


def test_a_month_at_a_glance(desk):
    """One right, one returned, one missing; the forms of July cannot be written; nobody's service runs."""
    desk.look("2023-06-01T08:31")
    desk.drop("商务局.xlsx", "区商务局", RIGHT)
    desk.drop("人社局.xlsx", "区人社局", {"4-1": "很多"})
    (desk.root / "templates" / "2023-07").write_text("")
    for moment in ("06-02T09:00", "06-15T09:00", "06-25T09:00", "06-27T09:00", "06-29T09:00", "07-03T08:31"):
        desk.look(f"2023-{moment}")
    lines, data = status(desk, "2023-07-03T08:31:30")

    assert "\n".join(re.sub("(?<= 2023-07：).*(?=（自)", "……", line) for line in lines) == "\n".join(
        [
            "2023-06  报送时限 2023-06-28 18:00",
            "应报 3，已报 1（其中迟报 0），退回未重报 1，未报 1",
            "已报：区商务局",
            "退回未重报：区人社局",
            "未报：区科技局",
            "接下来：",
            "  2023-07-17 08:30  超期问题提醒 2023-07",
            "  2023-07-25 08:30  报送提醒 2023-07",
            "  2023-07-27 08:30  催报 2023-07",
            "  2023-07-31 08:30  通报征求意见稿 2023-07",
            "  2023-08-01 08:30  下发填报表 2023-08",
            "  2023-08-02 08:30  正式通报 2023-07",
            "没有做成的事：",
            "  × 下发填报表 2023-07：……（自 07-03 08:31 起，已试 1 次，07-03 08:32 自动再试）",
            "自动运行：现在没有常驻的服务（用定时任务的属正常）；要它自己做，请启动 workplan run",
        ]
    )
    assert (data["period"], data["expected"], data["received"]) == ("2023-06", 3, 1)
    assert data["coming"][0] == {
        "round": "overdue_problems", "period": "2023-07", "due_at": "2023-07-17T08:30:00+08:00",
    }  # fmt: skip
    (trouble,) = data["troubles"]
    assert (trouble["what"], trouble["retry_at"]) == ("下发填报表 2023-07", "2023-07-03T08:32:00+08:00")
    assert data["service"] is None


def test_before_the_first_forms_it_tells_what_comes(desk):
    lines, data = status(desk, "2023-05-25T10:00")

    assert lines[:3] == ["还没有下发过填报表", "接下来：", "  2023-05-26 08:30  催报 2023-05"]
    assert data["period"] is None
    assert data["coming"]


def test_who_is_at_work_is_named_with_machine_process_and_since_when(desk):
    """The service between its looks, and a command that works at this moment."""
    desk.look("2023-06-01T08:31")
    with service_lock(desk.root, at("2023-06-01T08:00"), "zh"):
        alone, data = status(desk, "2023-06-01T09:00")
        with workspace_lock(desk.root, "collect", at("2023-06-01T08:59"), "zh"):
            busy, _ = status(desk, "2023-06-01T09:00")

    assert re.fullmatch(r"自动运行：正在 \S+ 上运行（进程 \d+，自 2023-06-01 08:00 起）", alone[-1])
    assert data["service"]["command"] == "run"
    assert re.fullmatch(r"正在使用：\S+ 上的进程 \d+ 自 2023-06-01 08:59 起运行 collect", busy[-1])


def test_the_page_tells_what_status_tells(desk):
    """Rounds to come, failures with their reason, warnings, what was missed for good, who keeps the page."""
    settings(desk.root, rounds={"remind_all": "32日"})
    desk.look("2023-06-01T08:31")
    (desk.root / "templates" / "2023-07").write_text("")
    with service_lock(desk.root, at("2023-07-04T09:00"), "zh"):
        desk.look("2023-07-04T09:00")
        _, data = status(desk, "2023-07-04T09:00:30")
    page = (desk.root / "outbox" / "状态.html").read_text(encoding="utf-8")

    for told in (*data["warnings"], *(each["why"] for each in (*data["troubles"], *data["lapsed"]))):
        assert str(told) in page.replace("&quot;", '"')
    assert data["troubles"]
    assert data["lapsed"]
    assert len(data["warnings"]) == 1
    assert page.count("2023-07</li>") >= 3
    assert "自 2023-07-04 09:00 起" in page


def test_looking_leaves_nothing_behind(desk, capsys):
    """Not even a lock file; a failure makes the exit code 1 as somebody missing does."""
    before = sorted(desk.root.iterdir())
    told = SmallOffice(desk.root, capsys).run("status")

    assert told.code == 0
    assert sorted(desk.root.iterdir()) == before


def test_a_failure_alone_makes_the_exit_code_1(desk, capsys):
    desk.look("2023-06-01T08:31")
    for unit, values in ALL_RIGHT.items():
        desk.drop(f"{unit}.xlsx", unit, values)
    desk.look("2023-06-02T08:31")
    office = SmallOffice(desk.root, capsys)
    well = office.run("status").code
    (desk.root / "inbox").rename(desk.root / "away")
    desk.look("2023-06-02T08:32")

    assert (well, office.run("status").code) == (0, 1)
