"""Material of unusual size: a form with a huge sheet in it, a period with very many figures."""

from __future__ import annotations

import pickle
import re
import zipfile
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import region

from workplan_xlsx.config_file import load_config
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.returns import Entry
from workplan_xlsx.domain.submission import Outcome, Verdict
from workplan_xlsx.store.opening import open_store

_SHEET = "xl/worksheets/sheet2.xml"
_DATA = re.compile(r"<sheetData>.*</sheetData>", re.DOTALL)


def form_with_large_sheet(form: Path, folder: Path, rows: int, columns: int) -> Path:
    """The form with its second sheet full of numbers, as when a clerk pastes his data beside it."""
    folder.mkdir()
    made = folder / "大表.xlsx"
    letters = [chr(65 + column) for column in range(columns)]
    data = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}"><v>{row * 7 % 9973}.5</v></c>' for letter in letters)
        + "</row>"
        for row in range(1, rows + 1)
    )
    with zipfile.ZipFile(form) as sent, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as back:
        for part in sent.infolist():
            content = sent.read(part.filename)
            if part.filename == _SHEET:
                content = _DATA.sub(f"<sheetData>{data}</sheetData>", content.decode()).encode()
            back.writestr(part.filename, content)
    return made


def workspace_with_figures(root: Path, rows: int) -> Path:
    """A workspace in which every unit has reported; `rows` targets in all."""
    units = rows // (region.TASKS * region.TARGETS)
    region.found(root, units)
    period = Period.parse(region.PERIOD)
    config = load_config(root)
    at = datetime(2023, 6, 27, 10, tzinfo=config.zone)
    with open_store(config.store) as store:
        ledger = store.ledger_in_force()
        assert ledger is not None
        batch = []
        for seed, unit in enumerate(ledger.reporting_unit_names):
            verdict, data = _verdict(ledger, unit, period, seed)
            batch.append((verdict, data))
            if len(batch) == 500:
                store.keep(batch, at)
                batch = []
        store.keep(batch, at)
    return root


def _verdict(ledger, unit, period, seed):  # type: ignore[no-untyped-def]
    from hashlib import sha256

    data = unit.encode()
    entries = tuple(
        Entry(
            target_code=target.code,
            value=Decimal(20 + (seed * 7 + row * 3) % 70),
            stage="",
            sheet="填报",
            cell=f"I{row}",
            counts=True,
            progress="已召开推进会，明确责任人和完成时限。",
        )
        for row, (_, target) in enumerate(ledger.asked_of(unit), start=8)
    )
    verdict = Verdict(
        file=f"{unit}.xlsx",
        sha256=sha256(data).hexdigest(),
        outcome=Outcome.ACCEPTED,
        unit=unit,
        period=period,
        identified_by="hidden sheet",
        entries=entries,
    )
    return verdict, data


def cells_as_pickle(book: Path, kept: Path) -> Path:
    """All cells of the workbook, so that the peer need not read it."""
    from python_calamine import CalamineWorkbook

    read = CalamineWorkbook.from_path(book)
    cells = {name: read.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in read.sheet_names}
    kept.write_bytes(pickle.dumps(cells))
    return kept
