"""A look is spared while no file has changed and nothing has fallen due: the machine is not ours alone."""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from workplan_xlsx.config import Config
from workplan_xlsx.domain.mailing import MailState
from workplan_xlsx.domain.rounds import Agenda
from workplan_xlsx.intake.file_names import FILED_FOLDERS
from workplan_xlsx.intake.inbox import changed_lately, scan, stamp_of
from workplan_xlsx.steps.workspace import Office

LONGEST_REST = timedelta(minutes=10)
"""However quiet it is, the status page shows that the service lives."""

Files = tuple[object, ...]
"""How the files that a look depends on lie on the disk."""


@dataclass(frozen=True, slots=True)
class Rest:
    """No look is needed from `since` to `until`, as long as the files stay as they are."""

    since: datetime
    until: datetime
    files: Files

    def holds(self, now: datetime, files: Files | None) -> bool:
        """Whether the look at the moment can be spared; a clock that runs back ends the rest."""
        in_time = self.since.astimezone(UTC) <= now.astimezone(UTC) < self.until.astimezone(UTC)
        return in_time and files == self.files


def files_now(root: Path, config: Config) -> Files | None:
    """How the files lie now; None where they do not tell everything, or where something waits in the inbox.

    A store on a database server and a mailbox change without any file; a file of the inbox that changed
    lately may still be being copied, and one that can be taken in should be.
    """
    polled = config.mail is not None and config.mail.incoming is not None
    if isinstance(config.store, str) or polled:
        return None
    inbox = root / "inbox"
    now_ns = time.time_ns()
    try:
        entries = scan(inbox, config.language, now_ns=now_ns)
    except OSError:
        return None
    if any(each.why_not is None or not each.stamp or changed_lately(each.stamp, now_ns) for each in entries):
        return None
    kept = (root / "workplan.toml", root / "ledger.xlsx", config.store, Path(f"{config.store}-wal"))
    folders = tuple((inbox / name).is_dir() for name in FILED_FOLDERS)
    return (*map(stamp_of, kept), *((each.name, each.stamp) for each in entries), folders)


def rest_after(office: Office, agenda: Agenda, files: Files | None) -> Rest | None:
    """How long no look is needed, after one in which all went well; None when the next must come soon."""
    letters_go = office.config.webhook is not None or office.config.mail is not None
    counts = office.store.mail_counts()
    waiting = letters_go and (counts.get(MailState.WAITING, 0) or counts.get(MailState.SENDING, 0))
    if files is None or waiting or agenda.due or agenda.lapsed:
        return None
    moments = [office.later(LONGEST_REST), *([agenda.next_at] if agenda.next_at else [])]
    until = min(moments, key=lambda each: each.astimezone(UTC))
    return Rest(since=office.now, until=until, files=files)
