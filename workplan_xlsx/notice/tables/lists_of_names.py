"""A cell of several lines that names units: where a line ends a name and where it only broke one."""

from __future__ import annotations

import re

from workplan_xlsx.notice.owners.names import looks_like_body

# What goes on with the name above: 县人民政府 / 办公室, 市公安局 / 交警支队.
_GOES_ON = re.compile(
    r"(?:办公室|委员会|管理委员会|管委会|办事处|人民政府|政府|分局|.{0,4}支队|.{0,4}大队|总队|中心|服务中心|管理局)"
    r"(?:[（(].*)?"
)
_LEVELS = "省市县区州盟旗镇乡"


def joined(cell: str) -> str:
    """A cell's lines as one list: parted where a name ends, run together where one was broken."""
    lines = [line.strip() for line in cell.split("\n") if line.strip()]
    if cell.isascii():
        return "; ".join(lines)
    lines = _closed(lines)
    names: list[str] = []
    every_line = all(map(looks_like_body, lines))
    for line in lines:
        if names and not _is_parted(names[-1], line, every_line=every_line):
            names[-1] += line
        else:
            names.append(line)
    return "、".join(names)


def _closed(lines: list[str]) -> list[str]:
    """The lines, those run together between which a bracket is open: 高新园（河东 / 镇）."""
    told: list[str] = []
    for line in lines:
        if told and len(re.findall(r"[（(]", told[-1])) > len(re.findall(r"[)）]", told[-1])):
            told[-1] += line
        else:
            told.append(line)
    return told


def bodies_only(cell: str) -> str:
    """The units of a cell that names persons beside them: 市民政局 王某某."""
    names = [name for name in re.split(r"[\s、，,；;:：/（）()]+", cell) if name]
    return "、".join(name for name in names if looks_like_body(name) and not re.search(r"\d", name))


def _is_parted(above: str, line: str, *, every_line: bool) -> bool:
    """Whether a name ends above: 省财政厅 / 省自然资 / 源厅. `every_line`: each line looks like a name."""
    if not looks_like_body(above) or above.endswith("城乡") or _GOES_ON.fullmatch(line):
        return False
    alike = line[0] == "各" or (line[0] in _LEVELS and line[0] == above.lstrip("各")[:1])
    return every_line or alike
