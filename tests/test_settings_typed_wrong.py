"""Every key of workplan.toml, given what it cannot be: one sentence with key, line, what is there, what was expected."""

from __future__ import annotations

import re
import types
from collections.abc import Iterator
from typing import Any

import pytest

from workplan_xlsx.config_file import load_config
from workplan_xlsx.config_file.model import FileModel
from workplan_xlsx.errors import ConfigError

PLAN = '[plan]\ncode = "P1"\nyear = 2023\n'
NEEDED = {  # what else must stand in a table of a list
    "state": {"key": '"a"', "light": '"green"'},
    "light": {"number": '"1"', "state": '"green"', "when": '"落后百分点 < 10"'},
    "score": {"when": '"落后百分点 < 10"', "points": '"5"'},
    "factor": {"when": '"落后百分点 < 10"', "times": "1"},
    "points": {
        "number": '"1"',
        "level": '"target"',
        "when": '"落后百分点 < 10"',
        "points": '"1"',
        "reason": '"因"',
    },
    "list": {"name": '"红榜"', "level": '"unit"', "when": '"倒数位次 < 3"'},
    "grant": {"unit": '"区科技局"', "points": "1", "reason": '"因"'},
    "mark": {"on": '"1-1"', "name": '"批示"'},
}
OF_ANOTHER_KIND = {
    "a text": "[[5]]",
    "a number": '"about 5"',
    "a truth": '"perhaps"',
    "a list": "5",
    "a table": "5",
    "a choice": '"nonsense"',
}


def told(root, text: str, lang: Any = None) -> list[str]:
    """The mistakes, without their numbers."""
    (root / "workplan.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load_config(root, lang=lang)
    head, *mistakes = str(refused.value).splitlines()
    assert "workplan.toml" in head
    return [re.sub(r"^  \d+\. ", "", each) for each in mistakes] or [head]


def keys(model: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each key of the whole file with the kind of thing that it takes."""
    for name, field in model.model_fields.items():
        table = table_in(field.annotation)
        if table is None:
            yield (*path, name), kind_of(field.annotation)
        else:
            yield from keys(table, (*path, name))


def table_in(annotation: Any) -> Any:
    return next(
        (
            each
            for each in (annotation, *getattr(annotation, "__args__", ()))
            if hasattr(each, "model_fields")
        ),
        None,
    )


def kind_of(annotation: Any) -> str:
    inside = getattr(annotation, "__args__", ())
    if annotation is bool:
        return "a truth"
    if annotation is str or (inside and isinstance(annotation, types.UnionType) and str in inside):
        return "a text"
    if getattr(annotation, "__origin__", None) is tuple:
        return "a list"
    if getattr(annotation, "__origin__", None) is dict:
        return "a table"
    if inside and all(isinstance(each, str) for each in inside):
        return "a choice"
    return "a choice" if "Literal" in str(annotation) else "a number"


KEYS = list(keys(FileModel))
OF_A_STORE = (
    '应为文件名，例如 "workplan.db"（相对路径从工作目录 workplan.toml 所在处算起），'
    "或数据库服务器的地址 postgresql+psycopg://用户@主机/库名。"
)


def written(path: tuple[str, ...], value: str) -> str:
    """The smallest file in which the key has the value."""
    *tables, key = path
    if tables == ["plan"]:
        lines = {"code": '"P1"', "year": "2023", key: value}
        return "[plan]\n" + "\n".join(f"{name} = {each}" for name, each in lines.items())
    if not tables:
        return f"{key} = {value}\n{PLAN}"
    needed = NEEDED.get(tables[-1], {}) if len(tables) > 1 else {}
    head = f"[[{'.'.join(tables)}]]" if len(tables) > 1 else f"[{tables[0]}]"
    return PLAN + "\n".join([head, *(f"{name} = {each}" for name, each in {**needed, key: value}.items())])


def test_all_keys_are_looked_at():
    assert len(KEYS) > 90
    assert {kind for _, kind in KEYS} == set(OF_ANOTHER_KIND)


@pytest.mark.parametrize(
    ("path", "kind"), KEYS, ids=lambda each: ".".join(each) if isinstance(each, tuple) else ""
)
def test_a_key_that_is_given_another_kind_of_thing_is_one_mistake(tmp_path, path, kind):
    """Its own line, its value as it was typed, what it takes; never "this is not valid" alone."""
    value = OF_ANOTHER_KIND[kind]
    text = written(path, value)
    line = next(at for at, each in enumerate(text.splitlines(), 1) if each == f"{path[-1]} = {value}")
    (mistake,) = told(tmp_path, text)

    place, _, said = mistake.partition("：")
    assert re.fullmatch(rf"{'(.1)?.'.join(map(re.escape, path))}(\.1)?（第 {line} 行）", place), mistake
    assert f"写的是 {value.strip(chr(34))}，" in said
    assert "应" in said
    assert "写法不对" not in said


@pytest.mark.parametrize(
    ("path", "kind"), KEYS, ids=lambda each: ".".join(each) if isinstance(each, tuple) else ""
)
def test_a_key_that_is_misspelt_is_told_with_its_neighbour(tmp_path, path, kind):  # noqa: ARG001
    text = written((*path[:-1], path[-1] + "s"), "1")
    mistakes = told(tmp_path, text)

    assert any(
        f"{path[-1]}s（第 " in each and f"没有这个设置项，是否为 {path[-1]}？" in each for each in mistakes
    )


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        ('time_zone = "asia/shanghai"\n' + PLAN, 'time_zone（第 1 行）：写的是 asia/shanghai，没有这个时区，是否为 Asia/Shanghai？'),
        ('time_zone = "北京"\n' + PLAN, 'time_zone（第 1 行）：写的是 北京，没有这个时区，例如应为 "Asia/Shanghai"。'),
        ("settle_seconds = true\n" + PLAN, "settle_seconds（第 1 行）：写的是 true，应为数字。"),
        ("settle_seconds = -0.5\n" + PLAN, "settle_seconds（第 1 行）：写的是 -0.5，不应小于 0。"),
        ("settle_seconds = nan\n" + PLAN, "settle_seconds（第 1 行）：写的是 nan，应为数字。"),
        (PLAN + "[deadline]\nday = true", "deadline.day（第 5 行）：写的是 true，应为整数。"),
        (PLAN + "[deadline]\nday = inf", "deadline.day（第 5 行）：写的是 inf，应为整数。"),
        (PLAN + '[rules]\nleast_tasks = false', "rules.least_tasks（第 5 行）：写的是 false，应为整数。"),
        ('[plan]\ncode = "' + "x" * 81 + '"\nyear = 2023', f"plan.code（第 2 行）：写的是 {'x' * 81}，不应超过 80 个字。"),
        (PLAN + "[checks]\noff = \"Q411\"", 'checks.off（第 5 行）：写的是 Q411，应写在 [ ] 里，几项之间用逗号隔开。'),
        (PLAN + "[calendar]\ndays_off = [2023-06-30T10:00:00]",
         "calendar.days_off.1（第 5 行）：写的是 2023-06-30 10:00:00，应为日期，例如 2023-06-28（不加引号）。"),
        (PLAN + "[calendar]\nworkdays = [2023-06-30]\ndays_off = [2023-06-29, 2023-06-30]",
         "calendar（第 4 行）：2023-06-30 既写在 workdays 里，又写在 days_off 里，请删去其中一处。"),
        (PLAN + "[rules]\ncurve = [20, 50, 75, 90]",
         'rules.curve（第 5 行）：写的是 [20, 50, 75, 90]，应为 "straight"、"quarters"，或四个逐季不减、最后为 100 的数，'
         "例如 [20, 50, 75, 100]。"),
        (PLAN + "[rules.light]\nnumber = \"1\"",
         "rules.light（第 4 行）：这一节可以有几条，方括号要写两层：[[rules.light]]。"),
        (PLAN + '[[rules.light]]\nnumber = "1"\nstate = "green"\nwhen = "落后百分点 < 10"',
         "rules（第 4 行）：落后百分点>=10 的情形没有规定亮什么灯或得多少分（指标类型 全部），请补一条规则。"),
        ("rules = 5\n" + PLAN, "rules（第 1 行）：写的是 5，应为一组设置。"),
        ('language = "zh"\n', "plan：缺少 [plan] 一节，请补上。"),
        (PLAN + '[mail]\nsmtp_host = "smtp.example.invalid"\nsender = "区政府办"',
         "mail（第 4 行）：sender 写的是 区政府办，应为邮箱地址，例如 bangongshi@example.com。"),
        (PLAN + '[mail]\nsmtp_host = "smtp.example.invalid"\nsender = "a@example.invalid"\ncoordinator = "王主任"',
         "mail（第 4 行）：coordinator 写的是 王主任，应为邮箱地址，例如 bangongshi@example.com。"),
        (PLAN + '[webhook]\nurl = "http://robot.invalid:99999/x"',
         "webhook.url（第 5 行）：写的是 http://robot.invalid:99999/x，地址不完整，请核对其中的主机名和端口（1–65535）。"),
        (PLAN + '[webhook]\nurl = "http://[::1"',
         "webhook.url（第 5 行）：写的是 http://[::1，地址不完整，请核对其中的主机名和端口（1–65535）。"),
        (PLAN + '[mail]\nsmtp_host = "smtp.example.invalid:465"',
         "mail.smtp_host（第 5 行）：写的是 smtp.example.invalid:465，应为服务器名，例如 smtp.example.com；端口另写一项。"),
        ('store = "sqlite:///:memory:"\n' + PLAN, "store（第 1 行）：写的是 sqlite:///:memory:，" + OF_A_STORE),
        ('store = "sqlite://workplan.db"\n' + PLAN, "store（第 1 行）：写的是 sqlite://workplan.db，" + OF_A_STORE),
        ('store = "sqlite:workplan.db"\n' + PLAN, "store（第 1 行）：写的是 sqlite:workplan.db，" + OF_A_STORE),
        ('store = "sqlite:///a.db?mode=ro"\n' + PLAN, "store（第 1 行）：写的是 sqlite:///a.db?mode=ro，" + OF_A_STORE),
        (PLAN + '[mail]\nimap_host = "imaps://imap.example.invalid"',
         "mail.imap_host（第 5 行）：写的是 imaps://imap.example.invalid，应为服务器名，例如 smtp.example.com；端口另写一项。"),
        (PLAN + '[webhook]\nurl = ""\nstore = "x.db"',
         "webhook.store（第 6 行）：这一项要写在文件最前面、各节之前。"),
        (PLAN + '[office]\nsmtp_host = "x"', "office.smtp_host（第 5 行）：这一项要写在 [mail] 一节里。"),
    ],
)  # fmt: skip
def test_what_is_told_of_a_value_or_a_place_that_is_wrong(tmp_path, text, mistake):
    assert told(tmp_path, text) == [mistake]


def test_mistakes_are_told_in_the_language_that_was_asked_for(tmp_path):
    """--lang en on a workspace in Chinese."""
    text = 'language = "zh"\ntime_zone = "Asia/Shanghei"\n[deadline]\nday = 32\n' + PLAN

    assert told(tmp_path, text, "en") == [
        "time_zone (line 2): it says Asia/Shanghei; there is no such time zone, did you mean Asia/Shanghai?",
        "deadline.day (line 4): it says 32; at most 31 is expected.",
    ]
    assert told(tmp_path, "[plan\n", "en") == [
        "workplan.toml is not valid TOML: near line 1, column 6: a quote or a bracket is not closed. "
        "Please correct that place."
    ]
