"""The status page put in place: when it says something new, and now and then to show that it lives."""

from __future__ import annotations

from datetime import UTC, timedelta

from workplan_xlsx.books.whole_file import write_bytes_whole
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.pages.status import says_the_same, status_page
from workplan_xlsx.steps.overview import overview
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say

_RENEWED_AFTER = timedelta(minutes=10)


def show_status(office: Office, ledger: Ledger, period: Period | None) -> bool:
    """Write outbox/状态.html unless the one that is there says the same and is fresh; return whether written.

    Raises:
        OutputError: It cannot be put in place; the former one is intact.
    """
    path = office.folders.root / "outbox" / say("page.file", office.lang)
    page = status_page(overview(office, ledger, period), office.lang)
    try:
        made_at = says_the_same(path.read_text(encoding="utf-8"), page)
    except (OSError, UnicodeDecodeError):
        made_at = None
    if made_at is not None:
        age = office.now.astimezone(UTC) - made_at.astimezone(UTC)
        if timedelta(0) <= age < _RENEWED_AFTER:
            return False
    write_bytes_whole(path, page.encode(), office.lang)
    return True
