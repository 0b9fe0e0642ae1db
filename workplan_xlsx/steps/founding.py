"""From a notice to a workspace: config, ledger, folders."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workplan_xlsx.books.ledger.writer import write_ledger
from workplan_xlsx.config import default_config_text
from workplan_xlsx.config_file import load_config
from workplan_xlsx.domain.drafting import draft_ledger
from workplan_xlsx.domain.model import Ledger, PlanHead
from workplan_xlsx.domain.notice import Notice
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.errors import OutputError, UsageError
from workplan_xlsx.steps.double_clicks import write_double_clicks
from workplan_xlsx.store.opening import open_store
from workplan_xlsx.words import Lang, say


@dataclass(frozen=True, kw_only=True)
class Founding:
    """What `init` made."""

    root: Path
    notice: Notice
    ledger: Ledger
    periods: tuple[Period, ...]

    @property
    def doubtful(self) -> int:
        """How many targets want a look (待确认)."""
        return sum(1 for target in self.ledger.target_by_code.values() if not target.confirmed)


def found(
    notice_path: Path, root: Path, *, year: int | None, rhythm: Rhythm, now: datetime, lang: Lang
) -> Founding:
    """Read the notice and make the workspace; nothing is made when the notice cannot be read.

    Raises:
        UsageError: The folder is a workspace already, or no year is given and the notice states none.
        NoticeError: The notice cannot be read or has no items.
        OutputError: The folder cannot be made or written; what was begun there is no workspace yet.
    """
    if (root / "workplan.toml").exists():
        raise UsageError(say("cli.workspace_exists", lang, folder=root))
    from workplan_xlsx.notice.reading import read_notice  # here: no other verb reads notices
    from workplan_xlsx.notice.summary import found_lines
    from workplan_xlsx.notice.title_block import plan_year

    notice = read_notice(notice_path, lang)
    planned = year or plan_year(notice.title, notice.issued_on, notice.document_number)
    if planned is None:
        raise UsageError(say("cli.year_needed", lang, file=notice_path.name))
    ledger = draft_ledger(notice, _head(notice, planned), lang)
    periods = Period.all_of(planned, rhythm)
    try:
        _write(root, ledger, tuple(found_lines(notice, lang)), periods, rhythm, now, lang)
    except OSError as error:
        why = error.strerror or str(error)
        raise OutputError(say("cli.folder_not_made", lang, folder=root, why=why)) from error
    return Founding(root=root, notice=notice, ledger=ledger, periods=periods)


def _head(notice: Notice, year: int) -> PlanHead:
    """The plan's code is a digest of what the notice is called: stable, and safe in every file name."""
    named = f"{notice.document_number}|{notice.title}|{year}"
    return PlanHead(
        code=f"P{year}-{hashlib.sha256(named.encode()).hexdigest()[:8]}",
        title=notice.title,
        document_number=notice.document_number,
        issuer=notice.issuer,
        issued_on=notice.issued_on,
        year=year,
    )


def _write(
    root: Path,
    ledger: Ledger,
    told: tuple[str, ...],
    periods: tuple[Period, ...],
    rhythm: Rhythm,
    now: datetime,
    lang: Lang,
) -> None:
    """workplan.toml comes last: a folder without it is no workspace, so half a founding can be repeated."""
    for name in ("", "templates", "inbox", "outbox"):
        (root / name).mkdir(parents=True, exist_ok=True)
    write_ledger(ledger, root / "ledger.xlsx", lang, periods=periods, found=told)
    text = default_config_text(
        plan_code=ledger.head.code,
        year=ledger.head.year,
        rhythm=rhythm,
        office=ledger.head.issuer,
        language=lang,
    )
    unfinished = root / "workplan.toml.part"
    unfinished.write_text(text, encoding="utf-8")
    config = load_config(root, file=unfinished)
    with open_store(config.store) as store:
        store.record_ledger(ledger, now if now.tzinfo else now.replace(tzinfo=config.zone))
    write_double_clicks(root, lang)
    unfinished.replace(root / "workplan.toml")
