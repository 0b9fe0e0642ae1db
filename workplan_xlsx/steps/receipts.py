"""Receipts (回执): a short text in the outbox for every form that was accepted."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from workplan_xlsx.books.form.file_names import safe_in_file_name
from workplan_xlsx.books.many_texts import write_texts_whole
from workplan_xlsx.domain.period import Period
from workplan_xlsx.domain.submission import Outcome, Submission
from workplan_xlsx.intake.file_names import legible
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.words import say

LONGEST_NAME_TOLD_BYTES = 240


def write_receipts(office: Office, kept: Iterable[Submission]) -> dict[str, str]:
    """Write what is not there yet, on the disk when this returns; by hash, why one could not be written."""
    texts: defaultdict[Period, dict[str, str]] = defaultdict(dict)
    hashes: dict[tuple[Period, str], str] = {}
    for each in kept:
        period = each.verdict.period
        if each.verdict.outcome is not Outcome.ACCEPTED or period is None:
            continue
        name, text = outbox_name(office, each, "form.receipt_file"), _text(office, each)
        if not _holds(f"{office.folders.outbox(period)}{os.sep}{name}", text):
            texts[period][name] = text
            hashes[period, name] = each.verdict.sha256
    return {
        hashes[period, name]: why
        for period, its in texts.items()
        for name, why in write_texts_whole(office.folders.outbox(period), its, office.lang).items()
    }


def outbox_name(office: Office, submission: Submission, key: str) -> str:
    """The file name of an answer to the form; `key` is its entry in the catalogue."""
    verdict = submission.verdict
    unit = safe_in_file_name(verdict.unit)
    return say(key, office.lang, unit=unit, period=verdict.period, version=submission.version)


def _text(office: Office, submission: Submission) -> str:
    verdict = submission.verdict
    facts = {
        "unit": verdict.unit,
        "period": verdict.period,
        "version": submission.version,
        "at": f"{submission.received_at:%Y-%m-%d %H:%M}",
        "figures": sum(entry.counts for entry in verdict.entries),
        "file": legible(verdict.file, LONGEST_NAME_TOLD_BYTES),
        "sha": verdict.sha256[:12],
    }
    return say("intake.word_receipt", office.lang, **facts)


def _holds(path: str, text: str) -> bool:
    """Whether it is there already, and whole."""
    if not os.access(path, os.F_OK):
        return False  # nearly always
    try:
        return Path(path).read_text(encoding="utf-8-sig") == text
    except (OSError, UnicodeDecodeError):
        return False
