"""Rule sets that were published, as data: each text is the [rules] of a workplan.toml.

What a source leaves open is completed here, and said in a comment, or left open where a test shows the refusal.
"""

from __future__ import annotations

YINCHUAN_AS_PUBLISHED = """
[rules]
name = "银川 2025"
[[rules.light]]
number = "G-1"
state = "green"
when = "落后百分点 <= 0"
[[rules.light]]
number = "G-2"
state = "amber"
when = "10 <= 落后百分点 <= 30"
[[rules.light]]
number = "G-3"
state = "red"
when = "落后百分点 > 30"
"""

# 0 to 10 points behind, unsaid there, is green; entry into statistics and money are facts that people mark
YINCHUAN = """
[rules]
name = "银川 2025"
light = [
  { number = "进度-1", state = "green", when = "behind_pp < 10", natures = ["cumulative", "rate", "level", "clear"] },
  { number = "进度-2", state = "amber", when = "10 <= behind_pp <= 30", natures = ["cumulative", "rate", "level", "clear"] },
  { number = "进度-3", state = "red", when = "behind_pp > 30", natures = ["cumulative", "rate", "level", "clear"] },
  { number = "开工-1", state = "green", when = "unstarted_periods = 0", natures = ["stage"] },
  { number = "开工-2", state = "amber", when = "1 <= unstarted_periods < 3", natures = ["stage"] },
  { number = "开工-3", state = "red", when = "unstarted_periods >= 3", natures = ["stage"] },
  { number = "入统-1", state = "green", when = "mark.未入统月数 < 1", natures = ["external"] },
  { number = "入统-2", state = "amber", when = "1 <= mark.未入统月数 <= 2", natures = ["external"] },
  { number = "入统-3", state = "red", when = "mark.未入统月数 > 2", natures = ["external"] },
  { number = "资金-1", state = "green", when = "ratio >= 1 and mark.低于国家要求 = 0", natures = ["relative"] },
  { number = "资金-2", state = "amber", when = "ratio < 1 and mark.低于国家要求 = 0", natures = ["relative"] },
  { number = "资金-3", state = "red", when = "mark.低于国家要求 != 0", natures = ["relative"] },
]
list = [{ name = "督办函", level = "task", when = "now.red = 1" }]
"""

# projects by what is done to date; districts (here: rates) by the month alone, with memory
SANYA = """
[rules]
name = "三亚 2022"
light = [
  { number = "项目-1", state = "green", when = "behind_percent <= 0", natures = ["cumulative", "level", "clear", "stage", "external", "relative"] },
  { number = "项目-2", state = "amber", when = "0 < behind_percent <= 50", natures = ["cumulative", "level", "clear", "stage", "external", "relative"] },
  { number = "项目-3", state = "red", when = "behind_percent > 50", natures = ["cumulative", "level", "clear", "stage", "external", "relative"] },
  { number = "区-1", state = "green", when = "period_ratio >= 1", natures = ["rate"] },
  { number = "区-2", state = "amber", when = "period_ratio < 1 and before.amber = 0 and before.red = 0", natures = ["rate"] },
  { number = "区-3", state = "red", when = "period_ratio < 1 and (before.amber >= 1 or before.red >= 1)", natures = ["rate"] },
]
list = [
  { name = "约谈项目负责人", level = "task", when = "running.amber = 1" },
  { name = "副市长约谈", level = "task", when = "running.amber >= 2" },
  { name = "市领导约谈", level = "task", when = "now.red = 1" },
]
"""

SANYA_CURVE = """
[rules]
name = "三亚 项目督查办法"
curve = "quarters"
"""

TIANJIN = """
[rules]
name = "天津 2022"
light = [
  { number = "投资-1", state = "green", when = "growth_percent >= 0 and behind_pp <= 0 and above_average_pp >= 0", natures = ["rate"] },
  { number = "投资-2", state = "amber", when = "growth_percent >= 0 and (behind_pp > 0 or above_average_pp < 0)", natures = ["rate"] },
  { number = "投资-3", state = "red", when = "growth_percent < 0", natures = ["rate"] },
  { number = "债券-1", state = "green", when = "behind_percent <= 0", natures = ["cumulative", "level", "clear", "stage", "external", "relative"] },
  { number = "债券-2", state = "amber", when = "0 < behind_percent <= 30", natures = ["cumulative", "level", "clear", "stage", "external", "relative"] },
  { number = "债券-3", state = "red", when = "behind_percent > 30", natures = ["cumulative", "level", "clear", "stage", "external", "relative"] },
]
points = [{ number = "奖-1", level = "unit", when = "count.red = 0 and count.amber = 0", points = "1", reason = "各项均为绿灯" }]
list = [{ name = "通报约谈", level = "task", when = "now.amber = 1 or now.red = 1" }]
"""

XINHUANG = """
[rules]
name = "新晃 2015"
done_is_own = false
state = [
  { key = "none", light = "green", word = "正常" },
  { key = "special", light = "amber", word = "专项督办" },
  { key = "card", light = "red", word = "黄牌", colour = "yellow" },
]
light = [
  { number = "1", state = "none", when = "period_ratio >= 80%" },
  { number = "2", state = "special", when = "60% <= period_ratio < 80%" },
  { number = "3", state = "card", when = "period_ratio < 60%" },
]
list = [{ name = "扣发阶段奖", level = "task", when = "now.red = 1" }]
"""

CANGNAN = """
[rules]
name = "苍南 水利 2022"
light = [
  { number = "1", state = "green", when = "period_ratio >= 1" },
  { number = "2", state = "amber", when = "period_ratio < 1 and 倒数位次 > 3" },
  { number = "3", state = "red", when = "period_ratio < 1 且 倒数位次 <= 3" },
]
points = [
  { number = "扣-黄", level = "unit", when = "count.amber > 0", points = "-0.5 * count.amber", reason = "黄灯累计" },
  { number = "扣-红", level = "unit", when = "count.red > 0", points = "-1 * count.red", reason = "红灯累计" },
]
"""

HAIKOU = """
[rules]
name = "海口 2020"
light = [
  { number = "1", state = "green", when = "behind_pp <= 0 and mark.预计逾期 = 0" },
  { number = "2", state = "amber", when = "(behind_pp > 0 or mark.预计逾期 != 0) and before.amber = 0 and before.red = 0" },
  { number = "3", state = "red", when = "(behind_pp > 0 or mark.预计逾期 != 0) and (before.amber >= 1 or before.red >= 1)" },
]
list = [{ name = "当日报告重大问题", level = "task", when = "mark.重大问题 != 0" }]
"""

GUANGYUAN = """
[rules]
name = "广元 2018"
state = [{ key = "normal", light = "green", word = "蓝色提示", colour = "blue" }]
light = [
  { number = "蓝", state = "normal", when = "mark.进展偏慢 = 0 and mark.难以按期 = 0" },
  { number = "黄", state = "amber", when = "mark.进展偏慢 != 0 and mark.难以按期 = 0" },
  { number = "红", state = "red", when = "mark.难以按期 != 0" },
]
points = [
  { number = "黄-2", level = "task", when = "within12.amber >= 2 and now.amber = 1", points = "-1", reason = "同一事项两次黄灯" },
  { number = "红", level = "task", when = "now.red = 1", points = "-2", reason = "红灯" },
]
list = [
  { name = "发函", level = "task", when = "within12.amber >= 2" },
  { name = "约谈", level = "task", when = "now.red = 1" },
]
"""

# made up within the month, a red becomes yellow
OUHAI = """
[rules]
name = "瓯海 2020"
state = [
  { key = "on_time", light = "green", word = "绿码" },
  { key = "made_up", light = "amber", word = "黄码" },
  { key = "missed", light = "red", word = "红码" },
]
light = [
  { number = "1", state = "on_time", when = "behind_pp <= 0 and before.red = 0" },
  { number = "2", state = "made_up", when = "behind_pp <= 0 and before.red >= 1" },
  { number = "3", state = "missed", when = "behind_pp > 0" },
]
list = [
  { name = "骏马奖", level = "unit", when = "rank = 1" },
  { name = "蜗牛奖", level = "unit", when = "rank_last = 1" },
]
"""

# each slip counts as missed; urgent matters start one or two steps on
SANMING = """
[rules]
name = "三明 2017"
done_is_own = false
state = [
  { key = "none", light = "green", word = "无督办单" },
  { key = "blue", light = "amber", word = "蓝色督办单", colour = "blue" },
  { key = "orange", light = "amber", word = "橙色督办单", colour = "orange" },
  { key = "red", light = "red", word = "红色督办单" },
]
light = [
  { number = "1", state = "none", when = "behind_pp <= 0" },
  { number = "2", state = "blue", when = "behind_pp > 0 and before.amber = 0 and before.red = 0 and mark.紧急 < 1" },
  { number = "3", state = "orange", when = "behind_pp > 0 and before.red = 0 and ((before.amber = 1 and mark.紧急 < 1) or (before.amber = 0 and 1 <= mark.紧急 < 2))" },
  { number = "4", state = "red", when = "behind_pp > 0 and (before.red >= 1 or mark.紧急 >= 2 or before.amber >= 2 or (before.amber >= 1 and mark.紧急 >= 1))" },
]
"""

SUQIAN = """
[rules]
name = "宿迁产发 2025"
first_decides = true
not_due_is_own = false
state = [{ key = "near", light = "green", word = "蓝灯", colour = "blue" }]
light = [
  { number = "红", state = "red", when = "days_late > 0" },
  { number = "黄", state = "amber", when = "behind_pp > 0 or mark.质量不高 != 0" },
  { number = "蓝", state = "near", when = "days_late >= -30" },
  { number = "绿", state = "green", when = "其余" },
]
"""

RUIHAI = """
[rules]
name = "瑞海矿业"
not_due_is_own = false
done_is_own = false
state = [
  { key = "running", light = "not_due", word = "进行中" },
  { key = "reminder", light = "green", word = "提醒" },
  { key = "notice", light = "amber", word = "通知" },
]
light = [
  { number = "1", state = "running", when = "term_percent < 100/3" },
  { number = "2", state = "reminder", when = "100/3 <= term_percent < 200/3" },
  { number = "3", state = "notice", when = "200/3 <= term_percent < 100" },
  { number = "4", state = "green", when = "term_percent >= 100 and completion >= 100" },
  { number = "5", state = "amber", when = "term_percent >= 100 and 80 <= completion < 100" },
  { number = "6", state = "red", when = "term_percent >= 100 and completion < 80" },
]
points = [
  { number = "黄", level = "unit", when = "count.amber > 0", points = "-1 * count.amber", reason = "黄灯扣分" },
  { number = "红", level = "unit", when = "count.red > 0", points = "-2 * count.red", reason = "红灯加倍扣分" },
]
"""

# that places go by how far a plan is over-fulfilled is ours: a score that ends at 100 would tie them all
MIANYANG = """
[rules]
name = "绵阳 2022"
score = [{ when = "always", points = "100 * ratio" }]
list = [
  { name = "红榜", level = "unit", when = "attainment > 100 and rank <= 5", groups = ["县市区园区"] },
  { name = "红榜", level = "unit", when = "attainment > 100 and rank <= 4", groups = ["市级部门"] },
  { name = "黑榜", level = "unit", when = "attainment < 100 and rank_last <= 4", groups = ["县市区园区"] },
  { name = "黑榜", level = "unit", when = "attainment < 100 and rank_last <= 3", groups = ["市级部门"] },
]
mark = [{ on = "1-1", name = "不可抗力", excused = true }]
"""

YANAN = """
[rules]
name = "延安 2017"
progress_weight = 1
reporting_weight = 0
score = [{ when = "always", points = "60 * completion / 100" }]
points = [
  { number = "缺", level = "unit", when = "attainment < 100", points = "0.1 * attainment - 10", reason = "每差一个百分点扣 0.1 分", least = -10 },
  { number = "超-1", level = "unit", when = "100 < attainment <= 130", points = "0.2 * attainment - 20", reason = "超额加分" },
  { number = "超-2", level = "unit", when = "attainment > 130", points = "0.1 * attainment - 7", reason = "超额加分", most = 10 },
  { number = "位-1", level = "unit", when = "rank <= 3", points = "3", reason = "位次 1 至 3" },
  { number = "位-2", level = "unit", when = "3 < rank <= 6", points = "1", reason = "位次 4 至 6" },
  { number = "通报", level = "unit", when = "mark.通报次数 > 0", points = "-5 * mark.通报次数", reason = "被通报", least = -20 },
]
points_limit = 10
"""

# a quarterly report missing, without substance ...: marks on the unit; one kind of matter only: doubled
JIAMUSI = """
[rules]
name = "佳木斯"
points = [
  { number = "办结", level = "task", when = "now.done = 1", points = "1", reason = "按期办结" },
  { number = "逾期", level = "task", when = "now.red = 1 and mark.退回或失实 = 0", points = "-1", reason = "未按期办结" },
  { number = "失实", level = "task", when = "mark.退回或失实 != 0", points = "-2", reason = "退回重办或失实" },
  { number = "季报", level = "unit", when = "mark.季报缺报 > 0 and mark.单一事项 = 0", points = "-10 * mark.季报缺报", reason = "季报缺报" },
  { number = "季报-倍", level = "unit", when = "mark.季报缺报 > 0 and mark.单一事项 != 0", points = "-20 * mark.季报缺报", reason = "季报缺报（单一事项加倍）" },
  { number = "会议", level = "unit", when = "mark.缺席会议 > 0", points = "-5 * mark.缺席会议", reason = "缺席会议" },
]
"""

JINZHAI = """
[rules]
name = "金寨 2025"
done_is_own = false
not_due_is_own = false
first_decides = true
state = [
  { key = "other", light = "undecided", word = "其它" },
  { key = "finished", light = "done", word = "已完成" },
  { key = "ahead", light = "green", word = "超进度" },
  { key = "on_plan", light = "green", word = "达进度" },
  { key = "behind", light = "red", word = "欠进度" },
]
light = [
  { number = "1", state = "other", when = "mark.其它 != 0" },
  { number = "2", state = "finished", when = "completion >= 100" },
  { number = "3", state = "ahead", when = "behind_pp < 0" },
  { number = "4", state = "on_plan", when = "behind_pp = 0" },
  { number = "5", state = "behind", when = "behind_pp > 0" },
]
"""

ZAOZHUANG = """
[rules]
name = "枣庄 2023"
state = [
  { key = "green", light = "green", word = "蓝牌表扬", colour = "blue" },
  { key = "amber", light = "amber", word = "黄牌提醒", colour = "yellow" },
  { key = "red", light = "red", word = "红牌警示", colour = "red" },
]
"""

LONGCHANG = """
[rules]
name = "隆昌 2020"
list = [{ name = "约谈", level = "task", when = "running.red >= 3" }]
"""

# only the ends are published; the steps between are ours
DAZU = """
[rules]
name = "大足双路 2025"
done_is_own = false
state = [
  { key = "blue", light = "done", word = "蓝色（验收）", colour = "blue" },
  { key = "orange", light = "amber", word = "橙色", colour = "orange" },
  { key = "yellow", light = "amber", word = "黄色", colour = "yellow" },
]
light = [
  { number = "1", state = "red", when = "completion < 30" },
  { number = "2", state = "orange", when = "30 <= completion < 60" },
  { number = "3", state = "yellow", when = "60 <= completion < 100" },
  { number = "4", state = "green", when = "completion >= 100 and mark.验收 = 0" },
  { number = "5", state = "blue", when = "completion >= 100 and mark.验收 != 0" },
]
"""

HENGYANG = """
[rules]
name = "衡阳 2026"
state = [{ key = "green", light = "green", word = "红榜", colour = "red" }, { key = "amber", light = "amber", word = "黄榜" }]
light = [
  { number = "红榜", state = "green", when = "ratio >= 1" },
  { number = "黄榜", state = "amber", when = "ratio < 1" },
]
points = [
  { number = "加", level = "task", when = "now.green = 1", points = "0.5", reason = "上红榜", most = 5 },
  { number = "减", level = "task", when = "now.amber = 1", points = "-0.5", reason = "上黄榜", least = -5 },
]
list = [{ name = "整改退出", level = "task", when = "now.green = 1 and before.amber >= 1" }]
"""

COLLEGE = """
[rules]
name = "学院"
score = [
  { when = "mark.等次 = 1 and mark.级 = 1", points = "95" },
  { when = "mark.等次 = 1 and mark.级 = 2", points = "92" },
  { when = "mark.等次 = 1 and mark.级 = 3", points = "90" },
  { when = "mark.等次 = 2 and mark.级 = 1", points = "88" },
  { when = "mark.等次 = 2 and mark.级 = 2", points = "84" },
  { when = "mark.等次 = 2 and mark.级 = 3", points = "80" },
  { when = "mark.等次 = 3 and mark.级 = 1", points = "78" },
  { when = "mark.等次 = 3 and mark.级 = 2", points = "74" },
  { when = "mark.等次 = 3 and mark.级 = 3", points = "70" },
  { when = "mark.常规 = 1", points = "100" },
  { when = "mark.常规 = 2", points = "90" },
  { when = "mark.常规 = 3", points = "80" },
  { when = "otherwise", points = "50" },
]
factor = [
  { when = "mark.负荷 = 2", times = 0.95 },
  { when = "mark.负荷 = 3", times = 0.90 },
]
"""

ALL = {
    "1 银川": YINCHUAN,
    "2 三亚": SANYA,
    "3 三亚 项目督查": SANYA_CURVE,
    "4 天津": TIANJIN,
    "5 新晃": XINHUANG,
    "6 苍南": CANGNAN,
    "7 海口": HAIKOU,
    "8 广元": GUANGYUAN,
    "9 瓯海": OUHAI,
    "10 三明": SANMING,
    "11 宿迁": SUQIAN,
    "12 瑞海": RUIHAI,
    "13 绵阳": MIANYANG,
    "14 延安": YANAN,
    "15 佳木斯": JIAMUSI,
    "16 金寨": JINZHAI,
    "17 枣庄": ZAOZHUANG,
    "18 隆昌": LONGCHANG,
    "18 大足": DAZU,
    "19 衡阳": HENGYANG,
    "20 学院": COLLEGE,
}
