"""What the coordinator marked in an index of forms: it is kept when the index is written anew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from zipfile import BadZipFile

from workplan_xlsx.books.columns import languages
from workplan_xlsx.words import say


def sent_marks(path: Path) -> Mapping[str, str]:
    """Return the mark in 已发送 by unit; nothing where there is no index, or none that can be read."""
    if not path.exists():
        return {}
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = openpyxl.load_workbook(path, read_only=True)
        rows = [[str(value or "").strip() for value in row] for row in book.worksheets[0].values]
        book.close()
    except (OSError, BadZipFile, InvalidFileException, KeyError, ValueError):
        return {}  # damaged: the index is made anew in any case
    return _marks(rows)


def _marks(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    for number, row in enumerate(rows):
        for lang in languages():
            unit, sent = say("form.manifest_unit", lang), say("form.manifest_sent", lang)
            if unit in row and sent in row:
                places = row.index(unit), row.index(sent)
                return {each[places[0]]: each[places[1]] for each in rows[number + 1 :] if each[places[1]]}
    return {}
