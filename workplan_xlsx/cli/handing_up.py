"""What `handup` came to, in lines and as data: every row of the form, filled or with the reason why not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from workplan_xlsx.domain.handing_up import HandedRow
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.steps.handing_up import HandedUp
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed


def lines(made: HandedUp, root: Path, lang: Lang) -> Iterator[str]:
    """Yield one line a row, then what was made."""
    yield from (_line(row, lang) for row in made.rows)
    if made.elsewhere:
        yield say("handup.elsewhere", lang, rows=listed(made.elsewhere, lang))
    facts = {"filled": len(made.rows) - len(made.blank), "blank": len(made.blank)}
    if made.path is None:
        yield say("handup.would", lang, **facts)
    else:
        yield say("handup.made", lang, path=made.path.relative_to(root), **facts)


def _line(row: HandedRow, lang: Lang) -> str:
    if row.value is None:
        return say("handup.blank", lang, code=row.code, name=row.name, why=row.why_not)
    parts = say("handup.plus", lang).join(part.target.code for part in row.parts)
    return say("handup.filled", lang, code=row.code, name=row.name, value=plain(row.value), parts=parts)


def told(made: HandedUp, root: Path) -> dict[str, object]:
    """Return what `handup --json` prints; values as exact strings."""
    return {
        "form": None if made.path is None else made.path.relative_to(root).as_posix(),
        "rows": [
            {
                "row": row.code,
                "name": row.name,
                "value": None if row.value is None else plain(row.value),
                "targets": [part.target.code for part in row.parts],
                "why_not": row.why_not or None,
                "cell": row.cell,
            }
            for row in made.rows
        ],
        "rows_elsewhere": list(made.elsewhere),
    }
