"""What a workspace's own rules.py may use (docs/own_rules.md): `from workplan_xlsx.rules import rule`."""

from __future__ import annotations

from workplan_xlsx.domain.judging.row import RowInHand
from workplan_xlsx.domain.judging.rule import rule
from workplan_xlsx.domain.returns import Answer

__all__ = ["Answer", "RowInHand", "rule"]
