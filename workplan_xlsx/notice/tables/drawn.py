"""Tables drawn in text: with pipes (Markdown too), with box signs, with tabs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from workplan_xlsx.notice.documents.blocks import Block, Grid
from workplan_xlsx.notice.tables.headings import heading_of

_DIVIDER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_BOX = re.compile(r"\s*[┌├│└┏┣┃┗╔╠║╚╭╰┼┬┴]")
_BULLET = re.compile(r"[△▲●☆★○◆■◇]")
_RULE = re.compile(r"[─━═┄┅—\-]+")
_FEWEST_CELLS = 6
_EDGE = re.compile(r"[┌├│└┐┤┘┬┴┼┏┣┃┗┓┫┛┳┻╋╔╠║╚╗╣╝╦╩╬╭╮╰╯]")


def with_tables(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks, runs of lines that draw a table replaced by the table."""
    found: list[Block] = []
    run: list[str] = []
    kind = ""
    for block in [*blocks, ""]:
        here = _kind(block) if isinstance(block, str) else ""
        if run and here != kind:
            found += _table(run, kind)
            run = []
        kind = here
        if here and isinstance(block, str):
            run.append(block)
        else:
            found.append(block)
    return found[:-1]


def _kind(line: str) -> str:
    if _BOX.match(line):
        return "box"
    if re.fullmatch(r"[^|｜]*[|｜]|[|｜]{2,}", line.strip()):
        return "cell"
    if line.count("|") + line.count("｜") >= 2 or _DIVIDER.fullmatch(line.strip() or "x"):
        return "pipe"
    return "tab" if line.count("\t") >= 2 else ""


def _table(lines: list[str], kind: str) -> list[Block]:
    if kind == "cell":  # a cell a line, each closed by a pipe
        bare = [line.strip().rstrip("|｜").strip() for line in lines]
        return [*filter(None, bare)] if len(lines) >= _FEWEST_CELLS else list(lines)
    if kind == "box":
        return [Grid(tuple(_boxed(lines)))]
    if kind == "tab":
        rows = [tuple(cell.strip() for cell in line.split("\t")) for line in lines]
        return [Grid(tuple(rows))] if len(rows) > 1 else list(lines)
    rows = [_piped(line) for line in lines if not _DIVIDER.fullmatch(line.strip())]
    start = next((at for at, row in enumerate(rows) if heading_of([row])), 0)
    above = [" | ".join(row) for row in rows[:start]]  # 索引号 | ... of a saved page
    return [*above, Grid(tuple(rows[start:]))] if len(rows) - start > 1 else list(lines)


def _piped(line: str) -> tuple[str, ...]:
    """The cells of a row; a pipe at either end only closes it."""
    bare = line.strip().replace("｜", "|")
    bare = bare.removeprefix("|")
    cells = [re.sub(r"<br\s*/?>", "\n", cell.strip()) for cell in bare.removesuffix("|").split("|")]
    return tuple(cells)


def _boxed(lines: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Rows of a drawn box. A cell ends where its column is ruled off; the others go on beside it.

    The first column that is ruled off inside decides the rows: a cell of another column that spans several
    rows stands in each of them.
    """
    parts = [_EDGE.split(line.strip())[1:-1] for line in lines]
    width = max((len(each) for each in parts), default=0)
    columns = [_cells([each[index] for each in parts if len(each) == width]) for index in range(width)]
    if not columns:
        return
    finest = max(columns, key=len)
    for start, _ in finest:
        yield tuple(next((text for at, text in reversed(column) if at <= start), "") for column in columns)


def _cells(segments: Sequence[str]) -> list[tuple[int, str]]:
    """(first line, text) of each cell of one column."""
    found: list[tuple[int, str]] = []
    fresh = True
    for index, segment in enumerate(segments):
        bare = segment.strip()
        if bare and _RULE.fullmatch(bare):
            fresh = True
        elif fresh or _BULLET.match(bare):
            found.append((index, bare))
            fresh = False
        elif bare:
            at, text = found[-1]
            found[-1] = (at, re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", "", text) + bare)
    return [(at, re.sub(r"(?<=[\u4e00-\u9fff]) +(?=[\u4e00-\u9fff])", "", text)) for at, text in found]
