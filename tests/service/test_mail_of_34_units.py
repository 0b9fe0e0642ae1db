"""A whole office by mail: 34 forms out, filled in by their clerks, back, merged, answered; and what kill -9 may repeat."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections import Counter
from decimal import Decimal
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import openpyxl
import pytest
from founded import Desk, at, give_addresses, settings
from office import header_of
from servers import PostOffice, dovecot, free_port, put_into, smtp_server
from test_mail import mail_on
from test_mailbox import folders

from workplan_xlsx import pipeline
from workplan_xlsx.demo.clerk import fill
from workplan_xlsx.demo.data import NOTICE
from workplan_xlsx.domain.mailing import MailState
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.steps.workspace import open_office

JUNE = Period.parse("2023-06")
NO_ROUNDS = dict.fromkeys(
    ("forms_out", "remind_all", "remind_missing", "draft_report", "final_report", "overdue_problems"), ""
)


@pytest.fixture(scope="module")
def _waiting(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """June's 34 forms are made; their letters wait, since the mail server is away. Also who has which address."""
    root = tmp_path_factory.mktemp("34") / "ws"
    pipeline.found(NOTICE, root, year=2023, rhythm=Rhythm.MONTHLY, now=at("2023-05-25T09:00"), lang="zh")
    with open_office(root, now=at("2023-05-25T09:00"), lang="zh", lock="run") as office:
        units = office.ledger().reporting_unit_names
    unit_at = {f"unit{number:02d}@example.invalid": unit for number, unit in enumerate(units, 1)}
    give_addresses(root, {unit: address for address, unit in unit_at.items()})
    text = (root / "workplan.toml").read_text(encoding="utf-8")
    (root / "workplan.toml").write_text(
        text.replace("settle_seconds = 2", "settle_seconds = 0"), encoding="utf-8"
    )
    mail_on(root, free_port(), coordinator="")
    Desk(root).look("2023-06-01T08:31")
    return root, unit_at


@pytest.fixture
def waiting(_waiting: tuple[Path, dict[str, str]], tmp_path: Path) -> tuple[Desk, dict[str, str]]:
    root, unit_at = _waiting
    return Desk(Path(shutil.copytree(root, tmp_path / "ws"))), unit_at


def test_34_forms_go_out_come_back_filled_in_and_count_once(waiting, tmp_path):
    """Each clerk saves the attachment, fills in every open cell and answers; file names and subjects are his own."""
    desk, unit_at = waiting
    (desk.root / "pw.txt").write_text("geheim", encoding="utf-8")
    known: dict[tuple[str, str], Decimal] = {}
    with smtp_server(login=True) as (post, smtp), dovecot() as (maildir, imap):
        incoming = {"imap_host": "127.0.0.1", "imap_port": imap, "imap_security": "none", "user": "office"}
        settings(
            desk.root, mail={"smtp_port": smtp, "password_file": "pw.txt", "timeout_seconds": 30, **incoming}
        )
        assert desk.look("2023-06-01T08:40")
        got = list(post.letters)
        answers = [answer_to(each, tmp_path, number, unit_at, known) for number, each in enumerate(got)]
        put_into(maildir, answers)
        for moment in ("2023-06-20T10:00", "2023-06-20T10:01", "2023-06-20T10:02"):
            assert desk.look(moment), desk.told[-5:]
        moved = folders(maildir)
        told = post.letters[len(got) :]

    assert Counter(str(each["To"]) for each in got) == dict.fromkeys(unit_at, 1)
    assert moved == {"INBOX": 0, "已收": 34, "无填报表": 0}
    assert desk.sentences("inbox") == ["√ 收表：入账 34，退回 0，未识别 0，被取代 0"]
    receipts = [each for each in told if "【回执】" in str(each["Subject"])]
    assert Counter(str(each["To"]) for each in receipts) == dict.fromkeys(unit_at, 1)
    assert all(unit_at[str(each["To"])] in str(each["Subject"]) for each in receipts)
    assert {str(each["In-Reply-To"]) for each in receipts} == {
        f"<answer-{n}@example.invalid>" for n in range(34)
    }
    assert not [each for each in told if "退回" in str(each["Subject"])]
    with open_office(desk.root, now=at("2023-06-20T11:00"), lang="zh", lock="run") as office:
        figures = {
            (each.unit, each.target.code): each.value
            for each in pipeline.figures(office, JUNE)
            if each.value is not None
        }
    assert len(figures) > 100
    assert figures == {place: known[place] for place in figures}


def answer_to(
    letter: EmailMessage,
    folder: Path,
    number: int,
    unit_at: dict[str, str],
    known: dict[tuple[str, str], Decimal],
) -> bytes:
    """As a clerk answers the letter; what he wrote into which row goes into `known`."""
    (attachment,) = letter.iter_attachments()
    blank, filled = folder / f"{number}-blank.xlsx", folder / f"{number}.xlsx"
    blank.write_bytes(attachment.get_content())
    fill(blank, filled, month="6月", share=0.46, seed=f"{number}")
    unit = unit_at[str(letter["To"])]
    known.update({(unit, code): value for code, value in written_in(filled).items()})
    answer = EmailMessage(policy=SMTP)
    answer["From"], answer["To"] = f"办事员 <{letter['To']}>", "office@example.invalid"
    answer["Subject"], answer["Message-ID"] = f"答复：{number}", f"<answer-{number}@example.invalid>"
    answer["In-Reply-To"] = letter["Message-ID"]
    answer.set_content("请查收。")
    answer.add_attachment(
        filled.read_bytes(),
        maintype="application",
        subtype="vnd.ms-excel",
        filename=f"新建 工作表（{number}）.xlsx",
    )
    return answer.as_bytes()


def written_in(filled: Path) -> dict[str, Decimal]:
    """The figures as they stand in the column of the form, by 序号."""
    sheet = openpyxl.load_workbook(filled).worksheets[0]
    head, columns = header_of(sheet)
    rows = range(head + 1, sheet.max_row + 1)
    cells = {
        str(sheet.cell(row, columns["序号"]).value): sheet.cell(row, columns["本期累计完成"]) for row in rows
    }
    return {
        code: Decimal(str(cell.value)) * (100 if "%" in cell.number_format else 1)
        for code, cell in cells.items()
        if isinstance(cell.value, int | float)
    }


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is POSIX")
def test_kill_9_while_letters_go_out_repeats_none_but_the_one_in_hand_and_says_so(waiting):
    """Killed once when the server had taken a letter and not answered yet, once before it had taken one."""
    desk, unit_at = waiting
    with smtp_server() as (post, smtp):
        settings(desk.root, mail={"smtp_port": smtp, "timeout_seconds": 30}, rounds=NO_ROUNDS)
        killed_at = [killed_with_the_server_s_answer_due(desk.root, post, after=5)]
        killed_at += [killed_before_the_server_took_it(desk.root, post, after=4)]
        assert run_once(desk.root).wait(120) in (0, 1)
        forms = [each for each in post.letters if "【填报】2023年6月" in str(each["Subject"])]
    with desk.store() as store:
        states = Counter(each.state for each in store.mails(JUNE) if each.letter.key.startswith("form/"))
    log = (desk.root / "logs" / "workplan.log").read_text(encoding="utf-8")

    times = Counter(str(each["To"]) for each in forms)
    assert times == {address: 2 if address == killed_at[0] else 1 for address in unit_at}
    assert len({str(each["Message-ID"]) for each in forms}) == 34
    assert states == {MailState.SENT: 34}
    for address in killed_at:
        told = f"！给{unit_at[address]}的邮件“【填报】2023年6月重点工作任务进展情况填报表（{unit_at[address]}）”发到一半时程序中断"
        assert log.count(told) == 1


def killed_with_the_server_s_answer_due(root: Path, post: PostOffice, *, after: int) -> str:
    """The server has the whole letter; return whose it was."""
    process = run_once(root)
    taken = 0

    def kill() -> str:
        nonlocal taken
        taken += 1
        if taken == after:
            os.kill(process.pid, signal.SIGKILL)
        return "250 taken"

    post.after_data = kill
    assert process.wait(120) == -signal.SIGKILL
    post.after_data = lambda: "250 taken"
    return str(post.letters[-1]["To"])


def killed_before_the_server_took_it(root: Path, post: PostOffice, *, after: int) -> str:
    """It was told for whom the letter is, and no more; return for whom."""
    process = run_once(root)
    asked: list[str] = []

    def kill(address: str) -> str:
        asked.append(address)
        if len(asked) == after:
            os.kill(process.pid, signal.SIGKILL)
        return "250 OK"

    post.answer = kill
    assert process.wait(120) == -signal.SIGKILL
    post.answer = lambda _address: "250 OK"
    return asked[-1]


def run_once(root: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "workplan_xlsx", "-C", str(root), "run", "--once"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
