"""Which rounds are due: each once a period, missed ones made up or given up, failed ones tried again."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workplan_xlsx.config_file.round_words import NoSuchDay, read_round_words, rules_of
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.round_days import Anchor
from workplan_xlsx.domain.rounds import (
    RoundKind,
    RoundPlan,
    RunRecord,
    agenda,
    next_rounds,
    retry_after,
    rounds_of,
)
from workplan_xlsx.domain.workdays import DeadlineRule, Workdays

ZONE = ZoneInfo("Asia/Shanghai")


def plan(
    rhythm: Rhythm = Rhythm.MONTHLY, year: int = 2023, zone: ZoneInfo = ZONE, rules: RoundPlan | None = None
):
    return list(
        rounds_of(Period.all_of(year, rhythm), rules or RoundPlan(), DeadlineRule(), Workdays(), zone)
    )


ROUNDS = plan()
SUMMER = [each for each in ROUNDS if each.period.index in (6, 7)]


def at(text: str, zone: ZoneInfo = ZONE) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def told(rounds) -> list[str]:
    return [f"{each.due_at:%m-%d %H:%M} {each.name} {each.period}" for each in rounds]


def done(rounds) -> list[RunRecord]:
    return [RunRecord(period=each.period, name=each.name, ended=True) for each in rounds]


def test_the_month_in_order():
    """June 2023: the 22nd to 24th are 端午, the 25th is a 调休 workday (a Sunday) and counts."""
    june = [each for each in SUMMER if each.period.index == 6]

    assert told(june) == [
        "06-01 08:30 forms_out 2023-06",
        "06-15 08:30 overdue_problems 2023-06",
        "06-25 08:30 remind_all 2023-06",
        "06-27 08:30 remind_missing 2023-06",
        "06-29 08:30 draft_report 2023-06",
        "07-03 08:30 report 2023-06",
    ]


def test_what_was_missed_is_made_up_once():
    """The machine was off from June 1 to 12: the forms go out on the 12th, then never again."""
    first = agenda(SUMMER, [], at("2023-06-12T09:00"))

    assert told(first.due) == ["06-01 08:30 forms_out 2023-06"]
    assert agenda(SUMMER, done(first.due), at("2023-06-12T09:01")).due == ()


def test_what_would_do_harm_late_is_given_up():
    """Off for two months: nobody fills in June's form or is reminded of it in August; its report still comes."""
    now = agenda(SUMMER, [], at("2023-08-01T09:00"))

    assert {each.name for each in now.lapsed if each.period.index == 6} == {
        "forms_out", "remind_all", "remind_missing", "draft_report",
    }  # fmt: skip
    assert [each.name for each in now.due if each.period.index == 6] == ["overdue_problems", "report"]


def test_a_failed_round_waits_longer_each_time():
    """1, 2, 4 ... minutes, at most two hours."""
    failed = RunRecord(
        period=Period.parse("2023-06"), name="forms_out", ended=False, retry_at=at("2023-06-01T08:31")
    )

    assert agenda(SUMMER, [failed], at("2023-06-01T08:30")).due == ()
    assert told(agenda(SUMMER, [failed], at("2023-06-01T08:31")).due) == ["06-01 08:30 forms_out 2023-06"]
    assert [retry_after(number) // timedelta(minutes=1) for number in (1, 2, 4, 7, 8, 2000)] == [
        1,
        2,
        8,
        64,
        120,
        120,
    ]


def test_of_several_missed_reminders_only_the_last_is_sent():
    """Three reminders were missed over a week: the units get one."""
    rules, _ = rules_of(
        [(RoundKind.REMIND_MISSING, ["截止前5个工作日", "截止前3个工作日", "截止前1个工作日"])],
        time(8, 30), Rhythm.MONTHLY, "zh",
    )  # fmt: skip
    june = [each for each in plan(rules=RoundPlan(rules=rules)) if each.period.index == 6]
    now = agenda(june, [], at("2023-06-27T10:00"))

    assert [each.name for each in now.due] == ["remind_missing-3"]
    assert [each.name for each in now.lapsed] == ["remind_missing", "remind_missing-2"]


@given(st.lists(st.integers(0, 400 * 24), min_size=1, max_size=60), st.sampled_from(list(Rhythm)))
def test_whenever_the_service_looks_each_round_ends_once(hours, rhythm):
    """Any moments of looking, in any distance: none comes twice, and at the end all have ended."""
    rounds, records, seen = plan(rhythm), [], []
    for hour in [*sorted(hours), 600 * 24]:
        now = agenda(rounds, records, at("2023-01-01T00:00") + timedelta(hours=hour))
        seen += [(each.period, each.name) for each in (*now.due, *now.lapsed)]
        records += done((*now.due, *now.lapsed))

    assert sorted(map(str, seen)) == sorted(str((each.period, each.name)) for each in rounds)


def test_when_clocks_change_a_round_is_due_once_and_neither_early_nor_late():
    """Berlin: 02:30 does not exist on 2023-03-26 and comes twice on 2023-10-29 (UTC decides)."""
    berlin = ZoneInfo("Europe/Berlin")
    rules, _ = rules_of([(RoundKind.PROBLEMS, "26日 02:30")], time(8, 30), Rhythm.MONTHLY, "zh")
    every_day = Workdays(overrides={datetime(2023, 3, 26).date(): True})  # noqa: DTZ001
    march = list(
        rounds_of([Period.parse("2023-03")], RoundPlan(rules=rules), DeadlineRule(), every_day, berlin)
    )
    just_before = datetime(2023, 3, 26, 0, 59, tzinfo=UTC).astimezone(berlin)
    at_half_past = datetime(2023, 3, 26, 1, 31, tzinfo=UTC).astimezone(berlin)

    assert agenda(march, [], just_before).due == ()
    assert len(agenda(march, [], at_half_past).due) == 1
    retried = RunRecord(
        period=Period.parse("2023-03"), name="overdue_problems", ended=False,
        retry_at=datetime(2023, 10, 29, 2, 30, tzinfo=berlin),
    )  # fmt: skip
    second_half_past_two = datetime(2023, 10, 29, 2, 10, fold=1, tzinfo=berlin)
    assert len(agenda(march, [retried], second_half_past_two).due) == 1


def test_across_midnight_and_the_end_of_the_month():
    """A look a second before and after the due moment of the last day's round."""
    rules, _ = rules_of([(RoundKind.REMIND_MISSING, "最后一个工作日 23:59")], time(8), Rhythm.MONTHLY, "zh")
    june = [each for each in plan(rules=RoundPlan(rules=rules)) if each.period.index == 6]

    assert told(june) == ["06-30 23:59 remind_missing 2023-06"]
    assert agenda(june, [], at("2023-06-30T23:58:59")).due == ()
    assert len(agenda(june, [], at("2023-07-01T00:00:01")).due) == 1


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("第1个工作日", "06-01"),
        ("每期第二个工作日", "06-02"),
        ("倒数第2个工作日", "06-29"),
        ("最后一个工作日", "06-30"),
        ("截止前3个工作日", "06-25"),  # a 调休 Sunday
        ("截止当天", "06-28"),
        ("截止后一个工作日", "06-29"),
        ("每月15日", "06-15"),
        ("23日", "06-25"),  # 端午: moved to the next workday
        ("31日", "06-30"),  # June has 30
        ("月底", "06-30"),
        ("次月5日", "07-05"),
        ("第二十三个工作日", "06-30"),  # June has 21
        ("workday 1", "06-01"),
        ("3 workdays before the deadline", "06-25"),
        ("the deadline", "06-28"),
        ("1 workday after the deadline", "06-29"),
        ("day 5 of the next month", "07-05"),
    ],
)
def test_the_days_in_the_words_of_the_office(words, day):
    """June 2023, deadline on Wednesday the 28th."""
    rules, troubles = rules_of([(RoundKind.REMIND_ALL, words)], time(8, 30), Rhythm.MONTHLY, "zh")
    june = [each for each in plan(rules=RoundPlan(rules=rules)) if each.period.index == 6]

    assert troubles == ()
    assert [f"{each.due_at:%m-%d}" for each in june] == [day]


def test_each_round_may_have_its_own_time():
    """截止当天 15:00."""
    assert read_round_words("截止当天 15:00", time(8, 30))[1] == time(15)
    assert read_round_words("截止当天", time(8, 30))[1] == time(8, 30)


@pytest.mark.parametrize(
    ("rhythm", "words", "said"),
    [
        (Rhythm.MONTHLY, "32日", "永远不会到"),
        (Rhythm.MONTHLY, "第40个工作日", "永远不会到"),
        (Rhythm.MONTHLY, "第0个工作日", "永远不会到"),
        (Rhythm.MONTHLY, "2月30日", "看不懂"),
        (Rhythm.MONTHLY, "明天", "看不懂"),
        (Rhythm.MONTHLY, "第1个工作日 25:00", "看不懂"),
        (Rhythm.WEEKLY, "15日", "不能写几日"),
        (Rhythm.MONTHLY, ["截止当天", "截止前0个工作日"], "写了两次"),
    ],
)
def test_a_round_that_cannot_be_is_told_and_the_others_go_on(rhythm, words, said):
    """One sentence, with the place in workplan.toml."""
    rules, troubles = rules_of(
        [(RoundKind.REMIND_MISSING, words), (RoundKind.REPORT, "截止后3个工作日")], time(8, 30), rhythm, "zh"
    )

    assert len(troubles) == 1
    assert said in troubles[0]
    assert "rounds.remind_missing" in troubles[0]
    assert rules[-1].kind is RoundKind.REPORT


def test_a_report_is_made_once_a_period():
    """Two days for one report: the first counts, and that is said."""
    rules, troubles = rules_of([(RoundKind.REPORT, ["次月3日", "次月5日"])], time(8), Rhythm.MONTHLY, "zh")

    assert [rule.words for rule in rules] == ["次月3日"]
    assert "每期只做一次" in troubles[0]


@given(st.text(max_size=30))
def test_whatever_is_written_is_a_day_or_a_sentence(text):
    """Never an exception of another kind, never a day outside the rule's range."""
    try:
        rule, _ = read_round_words(text, time(8))
    except NoSuchDay:
        return
    assert 0 <= rule.number <= 60
    assert rule.anchor in Anchor


def test_what_comes_next():
    """For status and the page."""
    assert told(next_rounds(ROUNDS, at("2023-06-27T09:00"), 3)) == [
        "06-29 08:30 draft_report 2023-06",
        "07-03 08:30 forms_out 2023-07",
        "07-03 08:30 report 2023-06",
    ]


def test_a_week_that_is_all_holiday_still_has_its_rounds():
    """国庆 2023: no workday from September 29 to October 6; the week's rounds move behind it."""
    week = [each for each in plan(Rhythm.WEEKLY) if str(each.period) == "2023-W40"]

    assert [each for each in told(week) if "forms_out" in each] == ["10-07 08:30 forms_out 2023-W40"]
