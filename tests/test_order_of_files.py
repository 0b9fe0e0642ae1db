"""Two offices get the same files, in other order, in more runs, several times: they say the same in the end."""

from __future__ import annotations

from functools import partial

import pytest
from office import NOTICE, SmallOffice

RIGHT = {
    "区商务局": {"1-1": 16, "1-2": 0.6, "3-1": "推进中", "1-1:存在问题": "用地不足"},
    "区科技局": {"1-1:进展情况": "配合 3 次", "2-1": 20, "2-2": 20},
    "区人社局": {"4-1": 2300},
}
WRONG = {"区商务局": {"1-1": "约16个"}, "区人社局": {"4-1": "无"}}


def made(root, capsys) -> SmallOffice:
    root.mkdir()
    notice = root / "通知.txt"
    notice.write_text(NOTICE, encoding="utf-8")
    office = SmallOffice(root / "ws", capsys)
    assert office.run("init", str(notice), str(office.root)).code == 0
    for month in ("06", "07"):
        assert office.run("templates", "--period", f"2023-{month}", "--as-of", "2023-06-01").code == 0
    return office


def posted(office, folder, period):
    """Every form of the period as bytes: wrong ones, right ones, one twice."""
    folder.mkdir(exist_ok=True)
    forms = []
    for unit, values in RIGHT.items():
        for name, cells in ((f"{unit}错", WRONG.get(unit)), (unit, values)):
            if cells is not None:
                path = office.drop(f"{name}.xlsx", office.form(unit, period), cells)
                forms.append((f"{name}.xlsx", path.read_bytes()))
                path.unlink()
    return forms


def told(office, period):
    """Figures without the moment of receipt, and how each unit stands."""
    figures = office.run("figures", "--period", period, "--json").data
    status = office.run("status", "--period", period, "--json").data
    return (
        [
            (
                each["target"],
                each["unit"],
                each["value"],
                each["status"],
                (each["source"] or {}).get("sha256"),
            )
            for each in figures
        ],
        [(each["unit"], each["state"], each["times_returned"]) for each in status["units"]],
    )


def test_order_repetition_and_the_number_of_runs_change_nothing(tmp_path, capsys):
    """All at once in one office; backwards, in two runs and partly twice in the other."""
    one, other = made(tmp_path / "a", capsys), made(tmp_path / "b", capsys)
    for period, when in (("2023-06", "2023-06-27T10:00"), ("2023-07", "2023-07-27T10:00")):
        post = posted(one, tmp_path, period)
        for name, data in post:
            (one.root / "inbox" / name).write_bytes(data)
        one.run("collect", "--settle", "0", "--as-of", when)
        for batch in (post[:2:-1], [*post[2::-1], *post]):
            for name, data in batch:
                (other.root / "inbox" / f"最终版{name}").write_bytes(data)
            other.run("collect", "--settle", "0", "--as-of", when)

        assert told(one, period) == told(other, period)
    assert [value for _, _, value, _, _ in told(one, "2023-06")[0]] == ["16", "0.6", "20", "20", None, "2300"]


def test_what_is_no_return_and_what_is_still_being_copied_is_said(office, monkeypatch):
    """A lock file is passed over; a file that changes between two looks waits for the next run."""
    from workplan_xlsx.steps import taking_in

    (office.root / "inbox" / "~$商务.xlsx").write_bytes(b"\x05user")
    growing = office.root / "inbox" / "商务.xlsx"
    growing.write_bytes(b"PK")
    grow = partial(taking_in.settle, wait=lambda _: growing.write_bytes(b"PK more"))
    monkeypatch.setattr(taking_in, "settle", grow)
    files = office.run("collect", "--json", "--settle", "1", "--as-of", "2023-06-27T10:00").data["files"]
    found = {
        each["file"]: (each["outcome"], [finding["code"] for finding in each["findings"]]) for each in files
    }

    assert found["~$商务.xlsx"] == ("ignored", ["F109"])
    assert found["商务.xlsx"] == ("waiting", ["F110"])


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (
            {
                "期次重开_A2": "2023-06",
                "期次重开_B2": "区商务局",
                "期次重开_C2": "李主任",
                "期次重开_D2": "更正",
            },
            ["L162"],
        ),
        ({"单位_B2": "商务局", "任务_G2": "商务局、区科技局", "任务_I2": "区商务局"}, ["L133"]),
        ({"单位_B2": "商务局", "单位_B3": "商务局"}, ["L134"]),
    ],
)
def test_what_the_ledger_notes_about_units_and_periods(office, cells, codes):
    """A period that needs no reopening; a unit by its other name; a name for two units."""
    import openpyxl

    path = office.root / "ledger.xlsx"
    book = openpyxl.load_workbook(path)
    for place, content in cells.items():
        sheet, at = place.rsplit("_", 1)
        book[sheet][at] = content
    book.save(path)
    found = office.run("ledger", "--json").data["findings"]

    assert [each["code"] for each in found if each["code"] != "L150"] == codes
