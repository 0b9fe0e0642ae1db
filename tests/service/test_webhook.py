"""The robot of a chat group: what the coordinator reads there, each thing once; what a bad one does is one sentence."""

from __future__ import annotations

import pytest
from founded import Desk, settings
from servers import chat_robot, free_port, is_silent, never_ends, says

TAKEN = says(b'{"errcode": 0, "errmsg": "ok"}')
JUNE_1 = "2023-06-01T08:31"


def robot_on(desk: Desk, url: str) -> None:
    settings(desk.root, webhook={"url": url, "timeout_seconds": 1})


def test_the_robot_hears_each_thing_once(desk):
    """As 企业微信 and 钉钉 want it; what happened in one look is one message."""
    with chat_robot() as (robot, url):
        robot_on(desk, url)
        for moment in (JUNE_1, "2023-06-01T08:32", "2023-06-02T09:00"):
            assert desk.look(moment)

    (message,) = robot.heard
    assert robot.kinds == {"text", "application/json; charset=utf-8"}
    assert message.count("√ 下发填报表 2023-06：生成 3 份") == 1
    assert message.count("√ 正式通报 2023-05") == 1


BAD = {
    "refuses": (says(b'{"errcode": 45009, "errmsg": "api freq out of limit"}'), "45009 api freq out of limit"),
    "飞书 refuses": (says(b'{"code": 9499, "msg": "Bad Request"}'), "9499 Bad Request"),
    "says 500": (says(b"", 500), "HTTP 500"),
    "is a login page": (says(b"<html><title>Login</title>"), "回答看不懂：<html><title>Login</title>"),
    "talks nonsense": (says(b"\xff\xfe\x00\x01" * 50), "回答看不懂"),
    "repeats its address": (
        says(b'{"errcode": 93000, "errmsg": "invalid key 693axxx6-7aoc-4bc4"}'), "93000 invalid key ***"),
    "is silent": (is_silent, "timeout"),
    "never comes to an end": (never_ends, "timeout"),
    "sends elsewhere": (says(b"", 302, Location="file:///etc/passwd"), "HTTP"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_what_a_robot_does_not_take_is_told_once_tried_later_and_stops_nothing(desk, kind):
    """Not tried in the next half minute; when it is well again it hears all, and no log holds its key."""
    behaviour, words = BAD[kind]
    with chat_robot() as (robot, url):
        robot.answers = [behaviour, TAKEN]
        robot_on(desk, url)
        assert not desk.look(JUNE_1)
        (failed,) = desk.sentences("job_failed")
        desk.look("2023-06-01T08:31:30")
        assert len(robot.heard) == 1
        desk.look("2023-06-01T08:33")
        desk.look("2023-06-01T08:34")

    assert failed.startswith("× 群机器人 第 1 次失败：群机器人没有收下消息（")
    assert words in failed
    assert "693axxx6" not in failed
    assert desk.runs()["2023-06 forms_out"] == "finished"
    uncertain = words == "timeout"
    assert [text.startswith("（可能重复）") for text in robot.heard[:2]] == [False, uncertain]
    assert "√ 下发填报表 2023-06：生成 3 份" in robot.heard[1]
    told_later = "".join(robot.heard[2:])
    assert "下发填报表" not in told_later
    assert desk.sentences("job_well") == ["√ 群机器人 已恢复（此前失败 1 次）"]


def test_a_robot_that_is_not_there_delays_no_letter(desk):
    """Each way out waits for itself only."""
    robot_on(desk, f"http://127.0.0.1:{free_port()}/send?key=693axxx6")
    desk.look(JUNE_1)
    (failed,) = desk.sentences("job_failed")

    assert "Connection refused" in failed or "10061" in failed
    assert "693axxx6" not in failed
    with desk.store() as store:
        assert store.job("letters").failures == 0


@pytest.mark.parametrize(
    "answer", [b"ok", b"", b"1", b'{"StatusCode": 0}', b'{"code": 0, "msg": "success"}', b"[]"]
)
def test_other_robots_say_it_in_other_words(desk, answer):
    with chat_robot() as (robot, url):
        robot.answers = [says(answer)]
        robot_on(desk, url)

        assert desk.look(JUNE_1)
        assert len(robot.heard) == 1


def test_what_does_not_fit_into_one_message_comes_in_several(desk):
    """After a month of silence: nothing is cut off, in the order in which it happened."""
    from workplan_xlsx.steps.letters import tell_coordinator
    from workplan_xlsx.steps.workspace import open_office

    with chat_robot() as (robot, url):
        robot_on(desk, url)
        with open_office(desk.root, now=None, lang=None, lock="run") as office:
            for number in range(60):
                tell_coordinator(office, f"n{number}", f"第{number:02d}件" + "事" * 30)
        desk.look(JUNE_1)
    everything = "".join(robot.heard)

    assert [everything.count(f"第{number:02d}件") for number in range(60)] == [1] * 60
    assert everything.index("第00件") < everything.index("第59件")
    assert max(len(text.encode()) for text in robot.heard) <= 2000
    assert len(robot.heard) <= 10
