"""When a finding is only a note here: explained by the unit, waived by the office, or its rule on trial."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from workplan_xlsx.domain.findings import Finding, Severity, Softening
from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.settings import RuleSettings
from workplan_xlsx.domain.model import Ledger
from workplan_xlsx.domain.period import Period

_WAIVABLE_ERRORS = {"own"}


class Softener:
    """Softens the findings of one form; an error that leaves no figure stays one."""

    def __init__(self, ledger: Ledger, settings: RuleSettings, unit: str, period: Period | None) -> None:
        self._settings = settings
        day = period.ends_on if period else None
        self._waivers = tuple(ledger.decisions.waivers_of(unit, day)) if day else ()

    def unless_off(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield the findings whose rule is not switched off."""
        for finding in findings:
            if finding.code.code not in self._settings.off:
                yield finding

    def soften(self, finding: Finding, row: RowInHand, *, on_trial: bool, key: str) -> Finding:
        """Return the finding as it is to be told."""
        code = finding.code
        if code.severity is Severity.NOTE:
            return finding
        if code.severity is Severity.ERROR and code.group not in _WAIVABLE_ERRORS:
            return finding
        if self._is_waived(key, row.target.code):
            return replace(finding, softened=Softening.WAIVED)
        if on_trial or key in self._settings.trial:
            return replace(finding, softened=Softening.TRIAL)
        if row.explained and code.severity is Severity.QUERY:
            return replace(finding, softened=Softening.EXPLAINED)
        return finding

    def _is_waived(self, key: str, target_code: str) -> bool:
        return any(each.rule == key and each.target in ("", target_code) for each in self._waivers)
