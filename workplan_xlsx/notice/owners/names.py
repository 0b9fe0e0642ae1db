"""A list of units as printed -> their names. Units hold 、 and 和 inside: 各区、县级市; 工业和信息化局."""

from __future__ import annotations

import re
from collections.abc import Iterator

from workplan_xlsx.notice.glyphs import folded
from workplan_xlsx.notice.owners.brackets import parted

_SEPARATORS = "、，,；;|\n"
_PLACE = (
    r"(?:县|市|区|州|盟|旗|镇|乡|街道|县级市|特区|林区|管理区|自治[州县旗]"
    r"|乡镇|镇街|街镇|园区|功能区|开发区|办事处|社区|村)"
)
_PLACES = re.compile(
    rf"各?(?:有关|相关)?{_PLACE}(?:[（(〔\[][^）)〕\]]*[)）〕\]])?(?:人民)?(?:政府|办事处|管委会)?"
)
_OPENS_PLACES = re.compile(
    rf"(?:.*[市省区州县])?(?:各|有关|相关)(?:有关|相关|设区的?)?{_PLACE}(?:党工委|党委)?(?:[（(〔\[][^）)〕\]]*[)）〕\]])?"
)
# What a body's name ends with; decides where 和 parts two names, and whether a bracket speaks of bodies.
ENDINGS = (
    "局办委部厅院会署行司处科室所站队社中心公司集团政府街道镇乡县区市州旗园校厂库台单位部门企业组"
    "联盟协会学会银行法院工委总局办公室指挥部专班分局大队支队医院学校大学各方地区村居者方公安海关保税"
)
_ENDS_AS_BODY = re.compile(rf"[{ENDINGS}](?:[（(〔\[][^）)〕\]]*[)）〕\]])?$")
_AND_BETWEEN = re.compile(
    r"(?<=[局办委部厅院会署行司处府社团队])(?:和|与|以及|及(?!下属|所属|直属|其))(?=[^、，]{3,})"
)
_AND_EACH = re.compile(
    r"等(?:和|及|以及)|等(?:有关|相关)?(?:部门|单位)(?:和|及|以及)(?=各)|(?<=[门門位])(?:和|及|以及)(?=各)"
)
# A person by his office, among units: 分管副县长, 协管副秘书长, 镇党委书记.
_IN_OFFICE = re.compile(
    r"(?:省长|市长|区长|县长|州长|盟长|旗长|镇长|乡长|秘书长|书记|主任|主席|局长|厅长|处长|科长|所长|组长"
    r"|领导|领导同志|负责人|责任人|负责同志)$"
)
# A label that nobody has listed: 部门分工：县财政局.
_STRANGE_LABEL = re.compile(r"^[\u4e00-\u9fff]{2,8}[:：](?=[\u4e00-\u9fff]{2,})")
_REST_OF_LIST = re.compile(
    r"等?(?:会同)?等?(?:各|有关|相关|其他)*(?:有关|相关)?(?:职能)?(?:部门|单位|方面)(?:和(?:单位|部门|地方))?"
)
_AND_OTHERS = re.compile(
    r"等(?:(?:各|有关|相关|其他|职能)*(?:部门|单位|方面|地区|地方)(?:(?:和|、)(?:部门|单位|地方|地区))?)?$"
)


def unit_names(listed: str) -> Iterator[str]:
    """Yield the names of a list of units as printed, in order.

    各区、县级市 and 各市、县（市、区）政府 are one name; 等, 等有关部门 and 会同有关部门 name nobody.
    """
    if "、" not in listed and re.search(r"[\u4e00-\u9fff]\s+[\u4e00-\u9fff]", listed.strip()):
        listed = re.sub(
            r"(?<=[局办委部厅院会署行司处府心道镇乡团社区])\s+(?=[\u4e00-\u9fff])", "、", listed.strip()
        )
    if "/" in listed and all(map(looks_like_body, listed.split("/"))):
        listed = listed.replace("/", "、")
    for part in _places_together(list(parted(_AND_EACH.sub("、", listed), _SEPARATORS))):
        pieces = list(_parted_by_and(part))
        for piece in pieces if all(map(looks_like_body, pieces)) else [part]:
            name = _bare(piece)
            if name and not _IN_OFFICE.search(folded(name)):
                yield name


def _places_together(parts: list[str]) -> Iterator[str]:
    """各市、县（市、区）政府 was parted at its own 、: put it together again."""
    waiting = ""
    for part in parts:
        if waiting:
            if _PLACES.fullmatch(folded(part.strip())):
                waiting = f"{waiting}、{part.strip()}"
                continue
            yield waiting
            waiting = ""
        if _OPENS_PLACES.fullmatch(folded(part.strip())):
            waiting = part.strip()
        else:
            yield part
    if waiting:
        yield waiting


def _parted_by_and(part: str) -> Iterator[str]:
    """县发改局和县财政局, 州委編辦及州直單位: the pieces, as printed."""
    start = 0
    for found in _AND_BETWEEN.finditer(folded(part)):
        yield part[start : found.start()]
        start = found.end()
    yield part[start:]


def looks_like_body(name: str) -> bool:
    """Tell whether it may be a unit's name: not a sentence, and it ends as bodies' names do."""
    bare = folded(name.strip())
    if not 2 <= len(bare) <= 60 or re.search(r"[。？！“”]", bare):
        return False
    return bool(_ENDS_AS_BODY.search(bare)) or bare.startswith(("各", "有关", "相关"))


def _bare(piece: str) -> str:
    """The name without what surrounds it: 由, 等, 等有关部门."""
    name = re.sub(r"\s+", "", piece) if re.search(r"[\u4e00-\u9fff]", piece) else piece.strip()
    name = name.strip(" \u3000。.:：·*-★☆▲△●")
    name = re.sub(r"^(?:由|请|并|会同|以及|及)(?=[\u4e00-\u9fff]{2,})", "", _STRANGE_LABEL.sub("", name))
    flat = folded(name)
    if _REST_OF_LIST.fullmatch(flat) and not flat.startswith(("各", "有关部门和单位")):
        return ""
    others = _AND_OTHERS.search(flat)
    if others and others.start() > 0:
        name = name[: others.start()]
    return "" if name in ("等", "无", "—", "-", "/", "下同") or not re.search(r"[^\W\d_]", name) else name
