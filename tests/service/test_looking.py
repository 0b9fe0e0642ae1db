"""One look after another under a clock of ours: every round once, what fails stops no other, all is told."""

from __future__ import annotations

import shutil

from founded import RIGHT, Desk, settings

from workplan_xlsx.service.telling import without_telephones


def test_a_month_by_itself(desk):
    """Forms, reminders, intake, draft, report; each once, whenever it is looked again."""
    desk.look("2023-06-01T08:31")
    desk.drop("商务局.xlsx", "区商务局", RIGHT)
    desk.drop("人社局.xlsx", "区人社局", {"4-1": "很多"})
    for moment in ("06-02T09:00", "06-15T09:00", "06-25T09:00", "06-27T09:00", "06-29T09:00", "07-03T08:30"):
        assert desk.look(f"2023-{moment}")
        desk.look(f"2023-{moment}")
    june = {key: state for key, state in desk.runs().items() if key.startswith("2023-06")}
    outbox = sorted(path.name for path in (desk.root / "outbox" / "2023-06").iterdir())

    assert june == dict.fromkeys(
        [f"2023-06 {kind}" for kind in (
            "forms_out", "overdue_problems", "remind_all", "remind_missing", "draft_report", "report")],
        "finished",
    )  # fmt: skip
    assert len(desk.sentences("inbox")) == 1
    assert [name for name in outbox if name.startswith(("排名通报", "催报"))] == [
        "催报_2023-06_0625.txt", "催报_2023-06_0627.txt",
        "排名通报_2023-06_征求意见稿.xlsx", "排名通报_2023-06_第1版.xlsx",
    ]  # fmt: skip
    reminder = (desk.root / "outbox" / "2023-06" / "催报_2023-06_0627.txt").read_text(encoding="utf-8-sig")
    assert "已报 1/3" in reminder
    assert "区科技局、区人社局" in reminder
    assert "6月28日（周三）18:00" in reminder


def test_a_week_off_is_made_up_once_with_the_day_it_was_due(desk):
    """Off from May 26 to June 7."""
    desk.look("2023-06-07T10:00")
    desk.look("2023-06-07T10:01")
    forms = [each for each in desk.sentences("round_done") if "下发填报表 2023-06" in each]

    assert forms == ["√ 下发填报表 2023-06（应于 2023-06-01 08:30 做，现补做）：生成 3 份"]


def test_a_round_that_fails_is_told_tried_again_and_stops_no_other(desk):
    """The forms' folder is a file: the reminder and the inbox of the period before go on."""
    desk.look("2023-06-01T08:31")
    desk.drop("商务局.xlsx", "区商务局", RIGHT)
    blocked = desk.root / "templates" / "2023-07"
    blocked.write_text("")

    assert not desk.look("2023-07-03T08:31")
    runs = desk.runs()
    assert (runs["2023-07 forms_out"], runs["2023-06 report"]) == ("failed", "finished")
    assert len(desk.sentences("inbox")) == 1
    (failed,) = desk.sentences("round_failed")
    assert failed.startswith("× 下发填报表 2023-07 第 1 次失败：")
    assert failed.endswith("（07-03 08:32 再试）")

    assert desk.look("2023-07-03T08:31:30")  # waits
    assert not desk.look("2023-07-03T08:33")
    blocked.unlink()
    desk.look("2023-07-03T08:36")
    assert desk.runs()["2023-07 forms_out"] == "finished"


def test_an_inbox_that_is_gone_is_told_once_in_a_while_and_is_well_again(desk):
    """The share is away for an hour: not "nothing came", and not a line every half minute."""
    desk.look("2023-06-01T08:31")
    shutil.move(desk.root / "inbox", desk.root / "away")
    for minute in range(60):
        desk.look(f"2023-06-02T09:{minute:02d}:10")
    failures = desk.sentences("job_failed")
    shutil.move(desk.root / "away", desk.root / "inbox")
    desk.drop("商务局.xlsx", "区商务局", RIGHT)
    assert desk.look("2023-06-02T10:15")

    assert 4 <= len(failures) <= 10
    assert "收表 第 1 次失败：无法访问收件目录" in failures[0]
    assert desk.sentences("job_well") == [f"√ 收表 已恢复（此前失败 {len(failures)} 次）"]
    assert "入账 1" in desk.sentences("inbox")[0]


def test_a_slip_in_the_settings_is_told_and_the_last_good_ones_hold(desk):
    """A time zone that does not exist is typed while the service runs: the forms still go out on time."""
    good = (desk.root / "workplan.toml").read_text(encoding="utf-8")
    (desk.root / "workplan.toml").write_text(good.replace("Asia/Shanghai", "Asia/Shanghei"), encoding="utf-8")

    assert not desk.look("2023-06-01T08:31")
    desk.look("2023-06-01T08:32")
    assert desk.runs()["2023-06 forms_out"] == "finished"
    (told,) = desk.sentences("config_trouble")
    assert "没有这个时区" in told
    assert "仍按上次正确的设置运行" in told


def test_a_round_on_a_day_that_never_comes_is_told_where_people_look(desk):
    """The other rounds go on; the status page and status say it."""
    settings(desk.root, rounds={"remind_all": "32日", "remind_missing": ["截止当天", "截止当天"]})
    for moment in ("2023-06-01T08:31", "2023-06-28T09:00"):
        assert desk.look(moment)
    page = (desk.root / "outbox" / "状态.html").read_text(encoding="utf-8")
    runs = desk.runs()

    assert "“32日”这一天永远不会到" in page
    assert "写了两次，只做一次" in page
    assert "2023-06 remind_all" not in runs
    assert runs["2023-06 remind_missing"] == "finished"


def test_a_year_without_a_holiday_table_is_a_warning_not_a_guess_in_silence(root):
    """2027 is not published: the plan runs by weekends, and the page says so until the office has written it all."""
    text = (root / "workplan.toml").read_text(encoding="utf-8")
    (root / "workplan.toml").write_text(text.replace("year = 2023", "year = 2027"), encoding="utf-8")
    desk = Desk(root)
    assert desk.look("2027-03-01T08:31")
    page = root / "outbox" / "状态.html"
    assert "2027 年的法定节假日和调休尚未收录" in page.read_text(encoding="utf-8")

    settings(root, calendar={"days_off": ["DAY"]})
    text = (root / "workplan.toml").read_text(encoding="utf-8")
    (root / "workplan.toml").write_text(text.replace('"DAY"', "2027-10-01"), encoding="utf-8")
    desk.look("2027-03-02T08:31")
    assert "2027 年的法定节假日" in page.read_text(encoding="utf-8")  # one day is not the year

    settings(root, calendar={"complete_years": [2027]})
    desk.look("2027-03-03T08:31")
    assert "2027 年的法定节假日" not in page.read_text(encoding="utf-8")


def test_a_clock_that_runs_back_repeats_nothing_and_is_told(desk):
    """The battery is empty: the machine thinks it is January."""
    desk.look("2023-06-01T08:31")
    before = desk.runs()
    desk.look("2023-01-03T08:31")

    assert desk.runs() == before
    assert "早于已有记录" in (desk.root / "outbox" / "状态.html").read_text(encoding="utf-8")


def test_a_mistake_of_the_program_itself_stops_no_other_round(desk, monkeypatch):
    """A bug in the ranking: recorded with its traceback, the forms go out all the same."""

    def broken(*_arguments, **_more):
        raise KeyError("一个没有料到的错误")

    desk.look("2023-06-01T08:31")
    monkeypatch.setattr("workplan_xlsx.pipeline.publish", broken)
    assert not desk.look("2023-07-03T08:31")

    assert desk.runs()["2023-07 forms_out"] == "finished"
    failed = next(each for each in desk.told if each.what == "round_failed")
    assert "程序自身出错（KeyError" in failed.sentence
    assert "Traceback" in failed.traceback


def test_asked_to_stop_it_finishes_what_is_in_hand_and_begins_nothing_new(desk):
    """The files stay where they are for the next time."""
    desk.look("2023-06-01T08:31")
    path = desk.drop("商务局.xlsx", "区商务局", RIGHT)
    desk.stopped = True
    desk.look("2023-07-03T08:31")
    assert path.exists()
    assert "2023-07 forms_out" not in desk.runs()

    desk.stopped = False
    desk.look("2023-07-03T08:32")
    assert not path.exists()
    assert desk.runs()["2023-06 report"] == "finished"


def test_no_telephone_number_gets_into_a_log():
    """Mobile, landline, with and without dashes; figures and hashes stay."""
    text = "张三 13812345678 或 0537-3412345、+86 139 … 010-66001234；累计 1381234.5 万元，sha 13812345678ab"

    assert (
        without_telephones(text) == "张三 *** 或 ***、+86 139 … ***；累计 1381234.5 万元，sha 13812345678ab"
    )
