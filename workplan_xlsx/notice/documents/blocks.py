"""What a document is made of, in reading order: paragraphs and tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from workplan_xlsx.domain.findings import Finding


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as its rows of cells; what a merged cell holds stands in each of the rows that it covers.

    Attributes:
        merged: (row, column), 0-based, of the cells that only repeat what a merged cell above them holds.
    """

    rows: tuple[tuple[str, ...], ...]
    merged: frozenset[tuple[int, int]] = frozenset()

    def lines(self) -> list[str]:
        """The rows as lines of text, their cells parted by " | "."""
        return [" | ".join(cell.replace("\n", " ") for cell in row).strip() for row in self.rows]


Block = str | Grid


@dataclass(frozen=True, slots=True)
class Document:
    """A published file as read.

    Attributes:
        paged: Its lines are those of printed pages, not paragraphs.
        findings: What could not be read, each with its place.
    """

    blocks: tuple[Block, ...]
    paged: bool = False
    findings: tuple[Finding, ...] = field(default=())
