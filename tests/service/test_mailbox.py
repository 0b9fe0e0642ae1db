"""What people and programs send to a mailbox: every letter has one stated outcome, and the next one is looked at."""

from __future__ import annotations

import struct
import tracemalloc
from base64 import b64encode, encodebytes
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest
from founded import ADDRESSES, RIGHT, Desk, give_addresses, settings
from servers import PostOffice, dovecot, letter_with, put_into, smtp_server
from test_mail import JUNE_1, mail_on, subjects

JUNE_26 = ("2023-06-26T10:00", "2023-06-26T10:01")
CLERK = ADDRESSES["区科技局"]


@contextmanager
def both_ways(desk: Desk) -> Iterator[tuple[PostOffice, Path]]:
    """June's forms are out by mail; yield the post office of the units and the office's own mailbox."""
    give_addresses(desk.root)
    (desk.root / "pw.txt").write_text("geheim\n", encoding="utf-8")
    with smtp_server(login=True) as (office, smtp), dovecot() as (maildir, imap):
        mail_on(desk.root, smtp, timeout_seconds=30)
        assert desk.look(JUNE_1)
        incoming = {"imap_host": "127.0.0.1", "imap_port": imap, "imap_security": "none"}
        settings(desk.root, mail={**incoming, "user": "office", "password_file": "pw.txt"})
        yield office, maildir


def folders(maildir: Path) -> dict[str, int]:
    """How many letters lie in each folder of the mailbox."""
    from imap_tools.imap_utf7 import utf7_decode

    below = {
        utf7_decode(place.name[1:].encode()): place
        for place in maildir.glob(".*")
        if (place / "cur").is_dir()
    }
    places = {"INBOX": maildir, **below}
    return {name: len([*place.glob("cur/*"), *place.glob("new/*")]) for name, place in places.items()}


def raw(head: str, body: bytes = b"hello", *, sender: str = CLERK, number: int = 0) -> bytes:
    start = (
        f"From: {sender}\r\nMessage-ID: <raw-{number}@example.invalid>\r\nMIME-Version: 1.0\r\n{head}\r\n\r\n"
    )
    return start.encode("gb18030") + body


def attached(name_head: bytes, data: bytes, *, sender: str = CLERK, number: int) -> bytes:
    """A letter whose one part has just this head."""
    start = f"From: {sender}\r\nMessage-ID: <att-{number}@example.invalid>\r\nMIME-Version: 1.0\r\n".encode()
    return start + name_head + b"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + encodebytes(data) + b"\r\n"


def winmail(*files: tuple[str, bytes]) -> bytes:
    """As Outlook packs it."""

    def attribute(kind: int, value: bytes) -> bytes:
        return struct.pack("<BHHI", 2, kind, 0, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)

    packed = struct.pack("<IH", 0x223E9F78, 1) + attribute(0x9006, b"\0" * 4)
    for name, data in files:
        packed += attribute(0x9002, b"\0" * 14) + attribute(0x8010, name.encode("gb18030") + b"\0")
        packed += attribute(0x800F, data)
    return packed


def forwarded(letter: bytes, *, kind: str, sender: str, number: int) -> bytes:
    """The letter within another one: as a message, or as a file that ends in .eml."""
    outer = EmailMessage(policy=SMTP)
    outer["From"], outer["Subject"], outer["Message-ID"] = sender, "转发", f"<fwd-{number}@example.invalid>"
    outer.set_content("见附件")
    if kind == "message":
        from email import message_from_bytes, policy

        outer.add_attachment(message_from_bytes(letter, policy=policy.SMTP))
    else:
        outer.add_attachment(
            letter, maintype="application", subtype="octet-stream", filename="转发的邮件.eml"
        )
    return outer.as_bytes()


GBK, WORD = (
    "填报表（科技局）.xlsx".encode("gb18030"),
    b64encode("填报表（科技局）.xlsx".encode("gb18030")).decode(),
)
NAMED = {
    "RFC 2047": f'Content-Type: application/octet-stream; name="=?gb2312?B?{WORD}?="'.encode(),
    "RFC 2047 in two words": (
        f'Content-Type: application/octet-stream;\r\n name="=?gb18030?B?{WORD[:16]}?=\r\n =?gb18030?B?{WORD[16:]}?="'
    ).encode(),
    "RFC 2231": b"Content-Type: application/octet-stream\r\nContent-Disposition: attachment;\r\n filename*0*=GBK''"
    + "".join(f"%{byte:02X}" for byte in GBK[:9]).encode()
    + b";\r\n filename*1*="
    + "".join(f"%{byte:02X}" for byte in GBK[9:]).encode(),
    "bare GBK": b'Content-Type: application/octet-stream; name="' + GBK + b'"',
    "bare UTF-8": b'Content-Disposition: attachment; filename="' + "填报表（科技局）.xlsx".encode() + b'"',
}  # fmt: skip


@pytest.mark.parametrize("how", NAMED)
def test_a_chinese_file_name_is_read_however_it_is_written(how):
    """The name is the clerk's; whose form it is, its content says."""
    from workplan_xlsx.mail.letter_reading import read_letter

    letter = read_letter(attached(NAMED[how], b"PK\x03\x04form", number=1))

    assert letter.attachments == (("填报表（科技局）.xlsx", b"PK\x03\x04form"),)
    assert letter.trouble is None


def test_every_letter_has_one_outcome_and_forms_are_found_however_they_are_wrapped(desk, tmp_path):
    """Two forwards, a winmail.dat, a zip, a nameless part; a hostile one, a PDF, an absence notice, plain talk."""
    with both_ways(desk) as (office, maildir):
        forms = {}
        for name, value in {
            "as message": 1,
            "as eml": 2,
            "in winmail": 3,
            "in zip": 4,
            "nameless": 5,
        }.items():
            path = desk.drop(f"{name}.xlsx", "区商务局", {**RIGHT, "1-1": value})
            forms[name] = path.rename(tmp_path / path.name)
        clerk = ADDRESSES["区商务局"]
        inner = letter_with(forms["as message"], sender="x@example.invalid", subject="表", number=1)
        inner_too = letter_with(forms["as eml"], sender="x@example.invalid", subject="表", number=2)
        own = bytes(
            office.to(ADDRESSES["区人社局"])[0]
        )  # our own letter with the blank form comes back in another
        letters = [
            forwarded(inner, kind="message", sender=clerk, number=1),
            forwarded(inner_too, kind="eml", sender=clerk, number=2),
            attached(b'Content-Type: application/ms-tnef; name="winmail.dat"',
                     winmail(("报表.xlsx", forms["in winmail"].read_bytes())), sender=clerk, number=3),
            attached(b'Content-Type: application/zip; name="a.zip"', zipped(forms["in zip"]), sender=clerk, number=4),
            attached(b"Content-Type: application/octet-stream", forms["nameless"].read_bytes(), sender=clerk, number=5),
            attached(b'Content-Type: application/pdf; name="scan.pdf"', b"%PDF-1.4 ...", number=6),
            attached(b'Content-Type: application/ms-tnef; name="winmail.dat"', winmail(), number=7),
            raw("Subject: 你好", number=8),
            raw("Subject: x\r\nAuto-Submitted: auto-replied", number=9),
            forwarded(own, kind="message", sender=ADDRESSES["区人社局"], number=10),
            raw('Content-Type: multipart/mixed; boundary="' + "b" * 5000, number=11),
            raw("Subject: =?utf-8?B?!!!?=\r\nContent-Type: text/plain; charset=no-such-set", number=12),
            nested(2000),
            b"",
            bytes(range(256)) * 20,
        ]  # fmt: skip
        put_into(maildir, letters)
        for moment in JUNE_26:
            assert desk.look(moment), desk.told[-3:]
        (told,) = desk.sentences("mailbox")
        asked = subjects(office, CLERK)[1:]
        moved = folders(maildir)
        chief = "\n".join(each.get_body().get_content() for each in office.to("chief@example.invalid"))
        with desk.store() as store:
            values = sorted(
                str(entry.value)
                for each in store.all_submissions()
                for entry in each.verdict.entries
                if entry.target_code == "1-1"
            )

    assert values == ["1", "2", "3", "4", "5"]
    assert moved == {"INBOX": 0, "已收": 5, "无填报表": 10}
    assert told == (
        "收信：处理 15 封，取出 5 个附件放入 inbox，没有填报表 8 封，自动回复 1 封，读不懂 1 封"
        "；来信没有可用填报表的单位：区科技局"
    )
    assert [line for line in asked if "【请重发】" in line] == [
        "【请重发】来信没有可用的填报表（区科技局）"
    ] * 2
    assert "区科技局的来信“”没有可用的填报表（附件不是表格：scan.pdf），已移到邮箱的“无填报表”" in chief
    assert not [
        line for line in subjects(office, ADDRESSES["区人社局"]) if "退回" in line or "请重发" in line
    ]


def zipped(form: Path) -> bytes:
    import io
    import zipfile

    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.write(form, "里面/表.xlsx")
    return file.getvalue()


def nested(depth: int) -> bytes:
    """A letter of parts within parts within parts: no reader follows so far."""
    parts = "".join(
        f'--b{n}\r\nContent-Type: multipart/mixed; boundary="b{n + 1}"\r\n\r\n' for n in range(depth)
    )
    return raw('Content-Type: multipart/mixed; boundary="b0"', parts.encode(), number=99)


DSN = """\
From: MAILER-DAEMON@mail.example.invalid
Subject: Undelivered Mail Returned to Sender
Message-ID: <daemon-{number}@example.invalid>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B"

--B
Content-Type: text/plain

Your letter could not be delivered.
--B
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.invalid

Final-Recipient: rfc822; {address}
Action: {action}
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 mailbox unknown

--B
Content-Type: text/rfc822-headers

{original}
Subject: form
--B--
"""
IN_WORDS = """\
From: Postmaster@qq.example.invalid
Subject: =?utf-8?B?{subject}?=
Message-ID: <daemon-{number}@example.invalid>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="B"

--B
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

收件人邮件地址（{address}）不存在，邮件无法送达。
--B
Content-Type: message/rfc822

{original}
Subject: form

--B--
"""


@pytest.mark.parametrize("kind", ["RFC 3464", "without the head of ours", "in its own words"])
def test_a_letter_that_comes_back_is_put_to_its_unit_and_the_coordinator_hears_of_it_once(desk, kind):
    """区科技局's address has been closed: taken by the server, returned an hour later, and never answered."""
    with both_ways(desk) as (office, maildir):
        (form,) = office.to(CLERK)
        facts = {
            "address": CLERK, "action": "failed", "original": f"Message-ID: {form['Message-ID']}",
            "subject": b64encode("系统退信".encode()).decode(),
        }  # fmt: skip
        if kind == "without the head of ours":
            facts["original"] = "X-Nothing: known"
        text = IN_WORDS if kind == "in its own words" else DSN
        put_into(maildir, [text.format(number=n, **facts).replace("\n", "\r\n").encode() for n in (1, 2)])
        for moment in JUNE_26:
            desk.look(moment)
        (told,) = desk.sentences("mailbox")
        chief = [line for line in subjects(office, "chief@example.invalid") if "没有送到" in line]
        with desk.store() as store:
            (trouble,) = store.mails_in_trouble()
        page = (desk.root / "outbox" / "状态.html").read_text(encoding="utf-8")

    assert trouble.letter.unit == "区科技局"
    assert "邮件无法送达" in trouble.why or "550 5.1.1 mailbox unknown" in trouble.why
    assert "退信 1 封" in told
    assert len(chief) == 1
    assert "给区科技局的邮件" in page
    assert not [each for each in office.letters if "daemon" in str(each["To"]).lower()]


def test_a_report_that_a_letter_is_late_is_no_bounce(desk):
    """The server goes on trying."""
    with both_ways(desk) as (office, maildir):
        (form,) = office.to(CLERK)
        facts = {"address": CLERK, "action": "delayed", "original": f"Message-ID: {form['Message-ID']}"}
        put_into(maildir, [DSN.format(number=1, **facts).replace("\n", "\r\n").encode()])
        desk.look(JUNE_26[0])
        with desk.store() as store:
            assert store.mails_in_trouble() == ()
        assert "自动回复 1 封" in desk.sentences("mailbox")[0]


def test_of_two_forms_in_one_visit_the_later_letter_counts(desk, tmp_path):
    """They lie in the inbox within a thousandth of a second of one another."""
    with both_ways(desk) as (_, maildir):
        forms = []
        for value in range(6):
            path = desk.drop("x.xlsx", "区商务局", {**RIGHT, "1-1": value})
            forms.append(path.rename(tmp_path / f"{value}.xlsx"))
        put_into(
            maildir,
            [
                letter_with(form, sender=ADDRESSES["区商务局"], subject="表", number=number)
                for number, form in enumerate(forms)
            ],
        )
        for moment in JUNE_26:
            desk.look(moment)
        with desk.store() as store:
            sent = [
                str(entry.value)
                for each in store.all_submissions()
                for entry in each.verdict.entries
                if entry.target_code == "1-1"
            ]

    assert sent == ["0", "1", "2", "3", "4", "5"]


def test_a_mailbox_that_nobody_has_emptied_for_years_keeps_nobody_waiting(desk, tmp_path):
    """A thousand letters a visit, one in memory at a time; the rounds of the same look are done."""
    with both_ways(desk) as (_, maildir):
        form = desk.drop("x.xlsx", "区商务局", RIGHT).rename(tmp_path / "x.xlsx")
        old = [
            raw(f"Subject: old {number}", b"x" * 2000, sender="x@y.invalid", number=number)
            for number in range(1500)
        ]
        old[700] = attached(
            b'Content-Type: application/zip; name="p.pdf"',
            bytes(15_000_000),
            sender="x@y.invalid",
            number=700,
        )
        put_into(maildir, [*old, letter_with(form, sender=ADDRESSES["区商务局"], subject="表", number=9)])
        tracemalloc.start()
        for moment in (*JUNE_26, "2023-06-26T10:02"):
            assert desk.look(moment)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        first, second = desk.sentences("mailbox")

    assert (
        first
        == "收信：处理 1000 封，取出 0 个附件放入 inbox，没有填报表 1000 封；邮箱里还有 501 封，下次接着收"
    )
    assert second == "收信：处理 501 封，取出 1 个附件放入 inbox，没有填报表 500 封"
    assert "入账 1" in desk.sentences("inbox")[0]
    assert desk.runs()["2023-06 remind_all"] == "finished"
    assert most < 12 * 20_000_000  # ten times the one large letter, whatever else lies there
