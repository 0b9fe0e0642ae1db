"""Letters against real servers on loopback: out by SMTP, back by IMAP, each once; what a bad server does is one sentence."""

from __future__ import annotations

from email import message_from_bytes, policy
from pathlib import Path

import pytest
from founded import ADDRESSES, RIGHT, Desk, at, give_addresses, settings
from servers import (
    PostOffice,
    dovecot,
    free_port,
    garbage,
    hangs,
    letter_with,
    odd_server,
    promises_much,
    put_into,
    smtp_server,
)

from workplan_xlsx import pipeline
from workplan_xlsx.domain.mailing import MailState
from workplan_xlsx.domain.period import Period
from workplan_xlsx.steps.letters import form_letters
from workplan_xlsx.steps.workspace import open_office

JUNE_1, JUNE_26 = "2023-06-01T08:31", "2023-06-26T10:00"


def mail_on(root: Path, smtp: int, imap: int = 0, **more: object) -> None:
    incoming = {"imap_host": "127.0.0.1", "imap_port": imap, "imap_security": "none"} if imap else {}
    settings(
        root,
        mail={
            "smtp_host": "127.0.0.1", "smtp_port": smtp, "smtp_security": "none",
            "sender": "office@example.invalid", "coordinator": "chief@example.invalid",
            "timeout_seconds": 0.5, "per_minute": 1000, **incoming, **more,
        },
    )  # fmt: skip


@pytest.fixture
def addressed(root):
    give_addresses(root)
    return Desk(root)


def subjects(office: PostOffice, address: str) -> list[str]:
    return [str(each["Subject"]) for each in office.to(address)]


def test_each_unit_gets_its_form_once_with_chinese_names_as_they_are(addressed):
    """One letter a unit; looked at again and again it is not sent again; the coordinator hears what was done."""
    with smtp_server() as (office, port):
        mail_on(addressed.root, port)
        for moment in (JUNE_1, "2023-06-01T08:32", "2023-06-02T09:00"):
            assert addressed.look(moment)
        (letter,) = office.to(ADDRESSES["区商务局"])
        (form,) = letter.iter_attachments()

        assert len({each["Message-ID"] for each in office.letters}) == len(office.letters)
        assert letter["Subject"] == "【填报】2023年6月重点工作任务进展情况填报表（区商务局）"
        assert letter["From"] == "示范区人民政府办公室 <office@example.invalid>"
        assert form.get_filename() == addressed.form("区商务局").name
        assert form.get_content() == addressed.form("区商务局").read_bytes()
        body = letter.get_body().get_content().replace("\r\n", "\n")
        assert body.startswith(note_of(addressed.form("区商务局")))
        assert "直接回复本邮件" in body
        assert any("下发填报表 2023-06" in told for told in subjects(office, "chief@example.invalid"))


def note_of(form: Path) -> str:
    """The covering note beside the form, which the office pastes where there is no mail."""
    note = form.parent / "附言" / f"{form.stem}.txt"
    return note.read_text(encoding="utf-8-sig").strip()


def test_a_covering_note_that_the_office_changed_goes_with_the_letter(addressed):
    """The forms are made by hand, the notes are looked through, the letters go with the round."""
    addressed.look(JUNE_1)
    with open_office(addressed.root, now=at(JUNE_1), lang="zh") as office:
        form = addressed.form("区商务局")
        note = form.parent / "附言" / f"{form.stem}.txt"
        note.write_text("各位同事：请务必于周三前报送。", encoding="gbk")
        spoilt = form_letters(office, Period.parse("2023-06"))[0][0]
        note.write_text("各位同事：请务必于周三前报送。", encoding="utf-8")
        changed = form_letters(office, Period.parse("2023-06"))[0][0]

    assert changed.body.startswith("各位同事：请务必于周三前报送。\n\n直接回复本邮件")
    assert "附件是" in spoilt.body  # a note that cannot be read keeps no form back
    assert "6月28日（周三）18:00" in spoilt.body


def test_reminders_go_to_all_then_to_those_missing(addressed):
    """区商务局 has reported: the second reminder is not for it."""
    with smtp_server() as (office, port):
        mail_on(addressed.root, port)
        addressed.look(JUNE_1)
        addressed.drop("商务局.xlsx", "区商务局", RIGHT)
        addressed.drop("人社局.xlsx", "区人社局", {"4-1": "很多"})
        for moment in ("2023-06-25T09:00", "2023-06-27T09:00"):
            addressed.look(moment)
        told = {unit: subjects(office, address)[1:] for unit, address in ADDRESSES.items()}
        (answer,) = [each for each in office.to(ADDRESSES["区人社局"]) if "【退回】" in each["Subject"]]
        (marked,) = answer.iter_attachments()

    assert [line.partition("】")[0] for line in told["区商务局"]] == ["【回执", "【提醒"]
    assert [line.partition("】")[0] for line in told["区科技局"]] == ["【提醒", "【催报"]
    assert [line.partition("】")[0] for line in told["区人社局"]] == ["【退回", "【提醒", "【催报"]
    assert "很多" in answer.get_body().get_content()
    assert marked.get_filename().endswith(".xlsx")
    assert "退回" in marked.get_filename()


def test_so_many_a_minute_and_no_more(addressed):
    """A server of the office takes two a minute."""
    with smtp_server() as (office, port):
        mail_on(addressed.root, port, per_minute=2, coordinator="")
        addressed.look(JUNE_1)
        assert len(office.letters) == 2
        addressed.look("2023-06-01T08:31:30")
        assert len(office.letters) == 2
        addressed.look("2023-06-01T08:32:30")
        assert len(office.letters) >= 3


def test_an_address_that_is_refused_stops_no_other_and_the_coordinator_hears_of_it(addressed):
    """550 for one unit; the others get theirs; it is not tried for ever."""
    with smtp_server() as (office, port):
        office.answer = lambda address: "550 no such user" if address.startswith("kjj") else "250 OK"
        mail_on(addressed.root, port)
        addressed.look(JUNE_1)
        addressed.look("2023-06-01T08:32:00")
        addressed.look("2023-06-02T08:32:00")
        with addressed.store() as store:
            (refused,) = [each for each in store.mails_in_trouble() if "填报" in each.letter.subject]

    assert (refused.state, refused.attempts) == (MailState.REFUSED, 1)
    assert "550 no such user" in refused.why
    assert (
        len(
            [
                each
                for each in office.letters
                if "【填报】" in each["Subject"] and "2023年6月" in each["Subject"]
            ]
        )
        == 2
    )
    assert any("区科技局" in told for told in subjects(office, "chief@example.invalid"))
    assert "区科技局" in (addressed.root / "outbox" / "状态.html").read_text(encoding="utf-8")


def test_a_server_that_is_busy_gets_it_later(addressed):
    """450 now, 250 after the wait."""
    with smtp_server() as (office, port):
        office.answer = lambda _address: "450 busy"
        mail_on(addressed.root, port, coordinator="")
        addressed.look(JUNE_1)
        office.answer = lambda _address: "250 OK"
        addressed.look("2023-06-01T08:31:30")
        assert office.letters == []
        addressed.look("2023-06-01T08:33:00")
        assert len([each for each in office.letters if "2023年6月" in each["Subject"]]) == 3


@pytest.mark.parametrize("server", ["refuses", "hangs", "garbage", "no login"])
def test_a_bad_mail_server_is_one_sentence_and_the_month_goes_on(addressed, server, monkeypatch):
    """The forms lie in templates/, the inbox is taken in; the letters wait and go once the server is well."""
    monkeypatch.setenv("WORKPLAN_MAIL_PASSWORD", "geheim")
    root = addressed.root
    if server == "refuses":
        mail_on(root, free_port())
        addressed.look(JUNE_1)
    elif server == "no login":
        with smtp_server() as (_, port):
            mail_on(root, port, user="office")
            addressed.look(JUNE_1)
    else:
        with odd_server(hangs if server == "hangs" else garbage) as port:
            mail_on(root, port)
            addressed.look(JUNE_1)
    (failed,) = [each for each in addressed.told if each.what == "job_failed"]

    assert failed.sentence.startswith("× 发信 第 1 次失败：")
    assert "\n" not in failed.sentence
    assert failed.traceback == ""
    assert addressed.runs()["2023-06 forms_out"] == "finished"
    with smtp_server() as (office, port):
        mail_on(root, port, user="")
        addressed.look("2023-06-01T08:40")
        assert len([each for each in office.letters if "2023年6月" in each["Subject"]]) == 3


@pytest.mark.parametrize("server", ["refuses", "hangs", "garbage", "huge"])
def test_a_bad_mailbox_is_one_sentence_and_the_month_goes_on(addressed, server):
    """What comes by other ways is taken in all the same."""
    addressed.look(JUNE_1)
    addressed.drop("商务局.xlsx", "区商务局", RIGHT)
    (addressed.root / "pw.txt").write_text("geheim", encoding="utf-8")
    behaviour = {"hangs": hangs, "garbage": garbage, "huge": promises_much, "refuses": hangs}[server]
    with odd_server(behaviour) as there:
        incoming = {
            "imap_host": "127.0.0.1",
            "imap_security": "none",
            "user": "office",
            "password_file": "pw.txt",
        }
        port = free_port() if server == "refuses" else there
        settings(addressed.root, mail={**incoming, "imap_port": port, "timeout_seconds": 0.5})
        addressed.look(JUNE_26)
    (failed,) = [each for each in addressed.told if each.what == "job_failed"]

    assert failed.sentence.startswith("× 收信 第 1 次失败：")
    assert failed.traceback == ""
    assert "入账 1" in addressed.sentences("inbox")[0]


def test_a_form_that_comes_by_mail_is_known_by_its_content_and_its_sender_is_answered(addressed, tmp_path):
    """Any subject, any name; the letter is moved; what holds no form is moved aside and not answered."""
    addressed.look(JUNE_1)
    filled = addressed.drop("x.xlsx", "区商务局", RIGHT).rename(tmp_path / "x.xlsx")
    private = addressed.drop("y.xlsx", "区人社局", {"4-1": 2000}).rename(tmp_path / "y.xlsx")
    letters = [
        letter_with(
            filled, sender=ADDRESSES["区商务局"], subject="Re: 随便写的", number=1, name="新建 工作表(3).xlsx"
        ),
        letter_with(private, sender="wang@private.invalid", subject="表", number=2, name="../../逃跑.xlsx"),
        letter_with(None, sender="x@example.invalid", subject="放假通知", number=3),
    ]
    with smtp_server() as (_, smtp), dovecot() as (maildir, imap):
        mail_on(addressed.root, smtp, imap, user="office", password_file="pw.txt", coordinator="")
        (addressed.root / "pw.txt").write_text("geheim\n")
        settings(addressed.root, mail={"smtp_host": ""})
        put_into(maildir, letters)
        settings(addressed.root, mail={"smtp_host": "127.0.0.1", "user": "office"})
        addressed.look(JUNE_26)
        addressed.look("2023-06-26T10:05")
        moved = {
            folder.name: len([*folder.glob("cur/*"), *folder.glob("new/*")])
            for folder in maildir.glob(".*")
            if folder.is_dir()
        }
        left = [*(maildir / "new").iterdir(), *(maildir / "cur").iterdir()]
        with addressed.store() as store:
            taken = {each.verdict.unit: each.verdict.outcome.value for each in store.all_submissions()}
            letters_out = {each.letter.key.partition("/")[0]: each for each in store.mails()}
            answers = [each for each in store.mails() if each.letter.key.startswith("answer/")]

    assert taken == {"区商务局": "accepted", "区人社局": "accepted"}
    assert left == []
    assert sorted(moved.values()) == [1, 2]
    assert letters_out
    assert {(each.letter.unit, each.letter.recipient) for each in answers} == {
        ("区商务局", ADDRESSES["区商务局"]),
        ("区人社局", ADDRESSES["区人社局"]),
        ("区人社局", "wang@private.invalid"),
    }
    assert {each.letter.in_reply_to for each in answers} == {
        "<clerk-1@example.invalid>",
        "",
        "<clerk-2@example.invalid>",
    }
    assert not (addressed.root.parent / "逃跑.xlsx").exists()


def test_an_address_that_is_corrected_gets_the_form_that_was_refused(addressed):
    """The coordinator mends it in ledger.xlsx; the page no longer asks for it; nobody else gets anything twice."""
    with smtp_server() as (office, port):
        office.answer = lambda address: "550 no such user" if address.startswith("kjj@") else "250 OK"
        mail_on(addressed.root, port, coordinator="")
        addressed.look(JUNE_1)
        page = (addressed.root / "outbox" / "状态.html").read_text(encoding="utf-8")
        give_addresses(addressed.root, {"区科技局": "kjj2@example.invalid"})
        with open_office(addressed.root, now=None, lang="zh", lock="ledger") as at_desk:
            pipeline.keep_ledger(at_desk, record=True)
        for moment in ("2023-06-01T09:00", "2023-06-01T09:01"):
            addressed.look(moment)
        mended = (addressed.root / "outbox" / "状态.html").read_text(encoding="utf-8")

    assert "给区科技局的邮件" in page
    assert "给区科技局的邮件" not in mended
    assert len([each for each in subjects(office, "kjj2@") if "2023年6月" in each]) == 1
    assert len([each for each in subjects(office, "swj@") if "2023年6月" in each]) == 1


def test_a_dry_run_writes_letters_for_a_mail_program_and_sends_nothing(addressed):
    """To see what units would get, before the first real month."""
    with smtp_server() as (office, port):
        mail_on(addressed.root, port, coordinator="", dry_run=True)
        addressed.look(JUNE_1)
        addressed.look("2023-06-01T08:40")
    written = sorted((addressed.root / "outbox" / "试发").iterdir())
    letter = message_from_bytes(written[0].read_bytes(), policy=policy.default)

    assert office.letters == []
    assert [path.name.partition("_")[2] for path in written if "2023" not in path.name] == [
        "区商务局.eml", "区科技局.eml", "区人社局.eml",
    ]  # fmt: skip
    assert letter["Subject"] == "【填报】2023年6月重点工作任务进展情况填报表（区商务局）"
    assert [each.get_filename() for each in letter.iter_attachments()] == [addressed.form("区商务局").name]
    assert addressed.sentences("letters") == [
        "试发：3 封写在 outbox/试发，没有真发（[mail] 中 dry_run = true）"
    ]
