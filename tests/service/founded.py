"""A small workspace of three units with a clock of its own, and what the service told at each look."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from office import NOTICE, fill

from workplan_xlsx import pipeline
from workplan_xlsx.config_file import load_config
from workplan_xlsx.domain.period import Rhythm
from workplan_xlsx.service.looking import Watch, look
from workplan_xlsx.service.telling import Event
from workplan_xlsx.store.opening import Store, open_store

ZONE = ZoneInfo("Asia/Shanghai")
RIGHT = {"1-1": 10, "1-2": "0.5", "3-1": "推进中"}
ADDRESSES = {
    "区商务局": "swj@example.invalid",
    "区科技局": "kjj@example.invalid",
    "区人社局": "rsj@example.invalid",
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def found_workspace(root: Path, *, founded: str = "2023-05-25T09:00") -> Path:
    notice = root.with_name("通知.txt")
    notice.write_text(NOTICE, encoding="utf-8")
    pipeline.found(notice, root, year=None, rhythm=Rhythm.MONTHLY, now=at(founded), lang="zh")
    return root


def give_addresses(root: Path, addresses: dict[str, str] = ADDRESSES) -> None:
    """As the coordinator would: in the column 邮箱 of ledger.xlsx."""
    import openpyxl

    book = openpyxl.load_workbook(root / "ledger.xlsx")
    sheet = book["单位"]
    head = next(row for row in sheet.iter_rows() if any(cell.value == "邮箱" for cell in row))
    columns = {str(cell.value): cell.column for cell in head}
    name = next(column for title, column in columns.items() if title in ("单位", "单位名称", "名称"))
    for row in range(head[0].row + 1, sheet.max_row + 1):
        unit = sheet.cell(row, name).value
        if unit in addresses:
            sheet.cell(row, columns["邮箱"]).value = addresses[unit]
    book.save(root / "ledger.xlsx")


def settings(root: Path, **tables: dict[str, object]) -> None:
    """Change single values of workplan.toml, as a person would: mail={"smtp_port": 25}."""
    path = root / "workplan.toml"
    text = path.read_text(encoding="utf-8")
    for table, values in tables.items():
        head, found, rest = text.partition(f"\n[{table}]")
        body, next_table, tail = rest.partition("\n[")
        for key, value in values.items():
            shown = str(value).lower() if isinstance(value, bool) else repr(value).replace("'", '"')
            line = f"{key} = {shown}"
            body, replaced = re.subn(rf"(?m)^{key} = .*$", lambda _, line=line: line, body)
            body += "" if replaced else f"\n{line}"
        text = head + found + body + next_table + tail
    path.write_text(text, encoding="utf-8")


class Desk:
    """The service under a clock of ours; `told` holds every event of the looks so far."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.told: list[Event] = []
        self.stopped = False
        self.watch = Watch(
            root=root, lang=None, config=load_config(root), tell=self.told.append, stop=lambda: self.stopped
        )

    def look(self, moment: str) -> bool:
        return look(self.watch, at(moment))

    def sentences(self, what: str) -> list[str]:
        return [each.sentence for each in self.told if each.what == what]

    def store(self) -> Store:
        return open_store(self.root / "workplan.db")

    def runs(self) -> dict[str, str]:
        """Each round and how far it came."""
        with self.store() as store:
            return {f"{run.period} {run.kind}": run.state.value for run in store.runs()}

    def form(self, unit: str, period: str = "2023-06") -> Path:
        return next((self.root / "templates" / period).glob(f"*_{unit}_*.xlsx"))

    def drop(self, name: str, unit: str, values: dict[str, object], period: str = "2023-06") -> Path:
        path = self.root / "inbox" / name
        fill(self.form(unit, period), path, values)
        return path
