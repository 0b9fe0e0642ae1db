"""Under which name a form is sent out."""

from __future__ import annotations

import re

from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period
from workplan_xlsx.words import Lang, say

_FORBIDDEN_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|#%\x00-\x1f]')
_LONGEST_UNIT_IN_FILE_NAME = 40


def form_file_name(ledger: Ledger, unit: str, period: Period, lang: Lang) -> str:
    """A name that is recognised in a chat group; any other name is accepted back."""
    index = ledger.reporting_unit_names.index(unit) + 1
    return say("form.file_name", lang, index=index, unit=safe_in_file_name(unit), period=period)


def safe_in_file_name(name: str) -> str:
    """The name without what file systems forbid, cut to a length that every share takes."""
    return _FORBIDDEN_IN_FILE_NAMES.sub("_", name)[:_LONGEST_UNIT_IN_FILE_NAME].strip(" .") or "_"
