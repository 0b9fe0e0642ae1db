"""The draft of a report (征求意见稿): the same workbook, recorded nowhere, its name says so."""

from __future__ import annotations

from pathlib import Path

from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.steps.editions import edition_of
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say


def draft(office: Office, ledger: Ledger, period: Period) -> Path:
    """Write how the period stands now; it is no edition: nothing is published, closed or compared with it."""
    from workplan_xlsx.books.ranking.book import write_ranking  # here: collect needs none of it

    number = len(office.store.editions(period)) + 1
    edition = edition_of(office, ledger, period, office.now, number=number)
    path = office.folders.outbox(period) / say("service.draft_file", office.lang, period=period)
    write_ranking(edition, path, office.lang)
    return path
