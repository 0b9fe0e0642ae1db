"""Traditional characters of the words that the reader looks for, as simplified ones, sign for sign."""

from __future__ import annotations

_TRADITIONAL = (
    "牽頭單責門負職協辦參與時間達於過穩內減縮億萬餘個條項場戶號發對導領區縣鎮鄉處實現務會員據監審報進強標準樓車輛畝噸斤"
    "組織聯關環數學業產動區際銀監國資電網點類農漁書廣衛財稅統計團黨總經濟應遠與為"
)
_SIMPLIFIED = (
    "牵头单责门负职协办参与时间达于过稳内减缩亿万余个条项场户号发对导领区县镇乡处实现务会员据监审报进强标准楼车辆亩吨斤"
    "组织联关环数学业产动区际银监国资电网点类农渔书广卫财税统计团党总经济应远与为"
)
_FOLD = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def folded(text: str) -> str:
    """The text with simplified characters; places stay the same."""
    return text.translate(_FOLD)
