"""The outbox of mail and the jobs of every look: each letter once, over restarts; what failed is remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from returned_files import JUNE, NOON

from workplan_xlsx.domain.mailing import Attachment, Letter, MailKind, MailState
from workplan_xlsx.store.jobs import StandingJob
from workplan_xlsx.store.mailed_forms import MailedForm
from workplan_xlsx.store.opening import open_store

LATER = NOON + timedelta(hours=1)


def letter(unit: str) -> Letter:
    return Letter(
        key=f"form/2023-06/{unit}",
        kind=MailKind.FORM,
        period=JUNE,
        unit=unit,
        recipient=f"{unit}@example.invalid",
        subject=f"{unit}填报表",
        body="请填报。",
        attachments=(Attachment(name=f"{unit}.xlsx", path=f"templates/2023-06/{unit}.xlsx"),),
    )


def states(store) -> dict[str, str]:
    return {each.letter.unit: each.state.value for each in store.mails(JUNE)}


def test_a_letter_is_queued_once_whatever_is_started_again(path):
    """The same round runs twice; the third unit is new."""
    with open_store(path) as store:
        assert store.queue([letter("商务局"), letter("科技局")], NOON) == 2
    with open_store(path) as store:
        assert store.queue([letter("商务局"), letter("科技局"), letter("人社局")], LATER) == 1
        assert [each.letter for each in store.mails()] == [
            letter("商务局"),
            letter("科技局"),
            letter("人社局"),
        ]
        assert len({each.message_id for each in store.mails()}) == 3


def test_a_letter_goes_from_waiting_over_sending_to_sent_or_stays_with_a_reason(store):
    """Sent, postponed, refused: each with its moment and its sentence."""
    store.queue([letter("商务局"), letter("科技局"), letter("人社局")], NOON)
    first, second, third = store.ready_to_send(NOON, 10)
    for each in (first, second, third):
        store.sending(each.number)
    store.mail_sent(first.number, NOON)
    store.mail_postponed(second.number, why="对方忙", retry_at=LATER)
    store.mail_refused(third.number, NOON, why="没有这个邮箱")

    assert states(store) == {"商务局": "sent", "科技局": "waiting", "人社局": "refused"}
    assert store.ready_to_send(NOON, 10) == ()
    assert [each.letter.unit for each in store.ready_to_send(LATER, 10)] == ["科技局"]
    assert [(each.letter.unit, each.why) for each in store.mails_in_trouble()] == [
        ("科技局", "对方忙"), ("人社局", "没有这个邮箱"),
    ]  # fmt: skip
    assert (store.mails_sent_since(NOON), store.mails_sent_since(LATER)) == (1, 0)
    assert store.mail_counts() == {MailState.SENT: 1, MailState.WAITING: 1, MailState.REFUSED: 1}


def test_a_letter_whose_answer_was_never_heard_is_tried_again_under_its_old_id(path):
    """The power went while it was being handed over: nobody knows; the mailbox knows it by its Message-ID."""
    with open_store(path) as store:
        store.queue([letter("商务局")], NOON)
        before = store.ready_to_send(NOON, 1)[0]
        store.sending(before.number)
    with open_store(path) as store:
        again = store.ready_to_send(LATER, 1)[0]

        assert (again.state, again.attempts, again.message_id) == (MailState.SENDING, 1, before.message_id)


def test_a_bounce_is_told_once_and_one_that_is_not_ours_never(store):
    """The report of the mail server may come twice."""
    store.queue([letter("商务局")], NOON)
    mail = store.ready_to_send(NOON, 1)[0]
    store.mail_sent(mail.number, NOON)

    assert store.mail_that_failed("<else@where>", "swj@x.invalid") is None
    failed = store.mail_that_failed(mail.message_id, "")
    assert failed is not None
    store.mail_bounced(failed.number, LATER, why="查无此人")

    assert store.mail_that_failed(mail.message_id, "") is None
    assert states(store) == {"商务局": "bounced"}


def test_a_bounce_that_names_only_the_address_is_of_the_last_letter_sent_there(store):
    """Some servers send back neither the letter nor its head."""
    store.queue([letter("商务局"), replace(letter("商务局"), key="reminder")], NOON)
    first, second = store.ready_to_send(NOON, 2)
    for each in (first, second):
        store.mail_sent(each.number, NOON)
    failed = store.mail_that_failed("", first.letter.recipient.upper())

    assert failed is not None
    assert failed.number == second.number
    assert store.mail_that_failed("", "%") is None
    assert store.mail_that_failed("", "") is None


def test_the_first_sender_of_the_same_bytes_is_the_one_who_is_answered(store):
    """A form that is forwarded once more."""
    first = MailedForm(
        sha256="ab", sender="甲@x.invalid", subject="六月", message_id="<1@x>", received_at=NOON
    )
    second = MailedForm(
        sha256="ab", sender="乙@x.invalid", subject="Fw", message_id="<2@x>", received_at=LATER
    )

    assert (store.record_mailed(first), store.record_mailed(second)) == (True, False)
    assert store.mailed_by("ab") == first
    assert store.mailed_by("cd") is None


def test_a_job_that_fails_is_remembered_until_it_goes_well(path):
    """Over a restart, too."""
    failing = StandingJob(name="inbox", failures=2, failing_since=NOON, retry_at=LATER, message="共享盘不在")
    with open_store(path) as store:
        assert store.job("inbox") == StandingJob(name="inbox")
        store.record_job(failing)
    with open_store(path) as store:
        assert store.failing_jobs() == (failing,)
        store.record_job(StandingJob(name="inbox", done_at=LATER))
        assert store.failing_jobs() == ()


def test_a_round_that_was_missed_for_good_is_recorded_once_and_never_taken_on(store):
    """A reminder whose deadline has passed; a finished one stays finished."""
    store.lapse("P", JUNE, "remind_all", NOON, LATER, message="已过时限")
    store.claim("P", JUNE, "report", NOON, NOON)
    store.finish("P", JUNE, "report", NOON)
    store.lapse("P", JUNE, "report", NOON, LATER, message="已过时限")

    assert not store.claim("P", JUNE, "remind_all", NOON, LATER)
    assert {each.kind: each.state.value for each in store.runs()} == {
        "remind_all": "lapsed",
        "report": "finished",
    }
