"""Names that leave out what the target before has said: 增长6%、力争7%; 新建公厕5座、改造10座."""

from __future__ import annotations

import re

_DOES = (
    r"(?:新建|改建|扩建|改扩建|新改扩建|新改建|改造|提升|新增|续建|更新|修复|维修|修缮|升级|拆除"
    r"|建成|建设|开工|竣工|投产|完成|培育|引进|创建|整治|实施)"
)
_DOES_ONLY = re.compile(rf"{_DOES}{{1,3}}")
_BEGINS_WITH_DOES = re.compile(rf"^(?:{_DOES}[、和及]?){{1,4}}(?=.{{2,}})")
_WHEN = (
    r"(?:到|截至)?(?:20\d\d年)?(?:[一二三四]季度|上半年|下半年|前三季度|全年|年底|年末|年内"
    r"|\d{1,2}月(?:底|末|份)?)(?:前|内)?"
)
_WHEN_ONLY = re.compile(rf"({_WHEN})(?:累计)?(?:完成|达到)?")
_BEGINS_WITH_WHEN = re.compile(rf"^{_WHEN}")
_KIND_ONLY = re.compile(r"(?:国家|[省市县区镇村])级(?:以上)?|[A-D]级")
_GROWS = ("增长", "上升", "下降", "降低", "减少", "压减")
_GOES_ON = re.compile(
    r"(?:惠及|受益|覆盖|服务|带动|涉及|辐射|总数|总量|总计|合计|增长|增速|增幅|同比|同比增长|占比|比重)"
)


def taken_over(name: str, before: str, *, bound_word: str = "") -> str:
    """Return the name, completed by that of the target before in the same sentence; "" for none.

    `bound_word`: the one before the number: 完成投资1亿元、增长12% is 投资 and 投资增长.
    """
    if not before:
        return name
    if not name:
        return before + (bound_word if bound_word in _GROWS else "")
    when = _WHEN_ONLY.fullmatch(name)
    if when:
        return when[1] + _BEGINS_WITH_WHEN.sub("", before)
    if _DOES_ONLY.fullmatch(name):
        return name + _BEGINS_WITH_DOES.sub("", before)
    if _KIND_ONLY.fullmatch(name):
        return f"{before.partition('（')[0]}（{name}）"
    return before + name if _GOES_ON.fullmatch(name) else name
