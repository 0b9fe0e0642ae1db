"""What is counted in: scales (万, 亿) and measures (家, 平方公里, 个百分点, 元/千克, PB), and which are times."""

from __future__ import annotations

import re

SCALES = ("千万亿", "百万亿", "十万亿", "万亿", "千亿", "百亿", "十亿", "千万", "百万", "十万", "亿", "万", "千", "百")

# A measure that also begins longer words counts only where none of those follows: 人 but not 人才.
_GUARDED = {
    "人": "才口员民均社力物文形工机大防制间居们士参", "家": "庭长电具政居乡", "个": "体性", "项": "目(?!标)",
    "名": "录牌单", "条": "例件款", "座": "谈", "处": "理置室级", "部": "门分委级队署", "户": "籍外口用主",
    "天": "然津气空河府", "周": "年边围期一末转", "类": "别似型", "种": "植子业质养畜苗", "台": "账湾风阶",
    "批": "准次复发", "次": "数年日月生要性", "场": "所景地馆", "支": "持撑付部出行", "口": "径岸袋粮号",
    "片": "区", "组": "织建团长", "班": "级子车", "段": "时", "本": "级地区科年市县次", "起": "来步点到草",
    "层": "次级面", "门": "槛户店诊", "头": "部", "对": "接口象外", "笔": "记", "件": "事", "份": "额",
    "村": "民务级支庄", "镇": "级", "县": "级域", "期": "间末限望", "度": "假过", "面": "积向对", "包": "括含",
    "单": "位元一项", "架": "构", "套": "餐", "座次": "", "倍": "增", "间": "接谍", "幅": "度员", "列": "入为",
    "社区": "", "企业": "", "项目": "标",
}  # fmt: skip
_PLAIN = (
    "个百分点 百分点 个工作日 工作日 平方公里 平方千米 平方米 立方米 万平方米 公里 千米 海里 厘米 毫米 微米 公顷 公斤 千克 毫克 微克 "
    "千瓦时 千瓦 兆瓦 吉瓦 千伏安 千伏 千卡 标准煤 标煤 吨标准煤 吨标煤 标准箱 标箱 人民币 美元 欧元 英镑 日元 港元 元 "
    "人次 人天 人份 户次 车次 场次 班次 批次 件次 亩次 台次 架次 艘次 人月 学时 课时 剂次 平米 平方 立方 床位 车位 泊位 学位 托位 席位 "
    "个月 小时 分钟 季度 吨 亩 斤 克 升 只 匹 株 棵 位 张 辆 艘 款 册 篇 栋 幢 块 米 孔 眼 例 宗 枚 粒 羽 尾 箱 桶 瓶 "
    "盏 根 集 首 床 桌 席 顶 道 门 朵 岁 届 番 度电 公里/小时 字 页 桩 所 盘 台套 台（套） 家（个） 个（处） 亿立方米"
).split()
_TIMES = ("年", "月", "日", "天", "周", "小时", "分钟", "秒", "季度", "工作日", "学时", "课时")
_SYMBOLS = (
    r"[kMGT]?Wh?p?(?![A-Za-z])|k?VA(?![A-Za-z])|[PTGMEZ]B(?![A-Za-z])|[EPT]FLOPS|(?:k|m)?g(?![A-Za-z])|t(?![A-Za-z])"
    r"|(?:k|c|m|h)?m[²³23]?(?![A-Za-z0-9])|%|％|‰|℃|㎡|㎥|㎞|㎏|°C"
)


def _pattern(word: str) -> str:
    after = _GUARDED.get(word, "")
    special = {"项": "目(?!标)"}.get(word)
    return re.escape(word) + (f"(?!{special or f'[{after}]'})" if after else "")


_ONE = "|".join(map(_pattern, sorted({*_PLAIN, *_GUARDED}, key=len, reverse=True)))
_TIME = "|".join(_TIMES)
# 条（个）, 元/千克, 微克/立方米, 吨/年.
MEASURE = re.compile(
    rf"(?:{_SYMBOLS}|{_ONE}|年|月|日|秒|分(?=以上|以下|左右|[，。；、,;）)]|$)|成(?=以上|以下|左右|[，。；、,;）)]|$))"
    rf"(?:[（(](?:{_ONE})[)）])?(?:/(?:{_SYMBOLS}|{_ONE}|年|月|日))?"
)
SCALE = re.compile("|".join(SCALES))
# A sign that no list knows is a measure where nothing but a separator or a bound word follows: 300把，
UNLISTED = re.compile(r"[\u4e00-\u9fff](?=以上|以下|以内|左右|[，。；、,;）)]|$)")
NEVER_A_MEASURE = "年月日号时点岁届级强后前版代和与及或至到的等余多来亿万千百十"
MONEY = re.compile(r"元|人民币|英镑")
SHARE = re.compile(r"%|‰|百分点|成$")
BULK = re.compile(r"吨|斤|亩|公里|千米|米|瓦|公顷|千克|立方|平方|标箱|㎡|k?m[²³]|MW|GW|kW")


def is_time(unit: str) -> bool:
    """Tell whether the unit is one of time: 个月, 周, 个工作日, 年."""
    return bool(re.fullmatch(rf"(?:个)?(?:{_TIME})", unit.lstrip("".join(SCALES))))
