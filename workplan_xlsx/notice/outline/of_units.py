"""A list whose chapters are units: 一、区教育局 heads what the unit is to do."""

from __future__ import annotations

import re
from collections.abc import Sequence

from workplan_xlsx.notice.outline.tree import Node
from workplan_xlsx.notice.owners.phrases import Owned, bare_names

_LONGEST_NAME = 20
_DOES = re.compile(
    r"打造|建设|推进|推动|加快|加强|提升|优化|完善|深化|强化|实施|开展|做|抓|聚焦|建立|创建|改革|支持|发展|服务"
)


def units_of_chapters(tasks: Sequence[Node]) -> dict[int, tuple[Owned, ...]]:
    """Return the units of each task by its node; none unless every task stands below a unit's name.

    Several chapters at least: one alone may be the office that issues the list.
    """
    owned = {id(node): _unit(node.parent) for node in tasks}
    chapters = {id(node.parent) for node in tasks}
    if len(chapters) < 2 or not all(owned.values()):
        return {}
    return {node: (units,) for node, units in owned.items() if units}


def _unit(chapter: Node | None) -> Owned | None:
    """The units that the chapter's heading names; 打造创新中心 says what is done."""
    if chapter is None or len(chapter.head) > _LONGEST_NAME or _DOES.match(chapter.head):
        return None
    return bare_names(chapter.head)
