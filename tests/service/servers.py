"""Real servers on loopback: aiosmtpd for letters out, Dovecot for letters in, and some that behave badly."""

from __future__ import annotations

import getpass
import json
import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session


class PostOffice:
    """Takes letters; `answer` decides what a recipient gets to hear."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.answer: Callable[[str], str] = lambda _address: "250 OK"
        self.after_data: Callable[[], str] = lambda: "250 taken"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _o: object
    ) -> str:
        told = self.answer(address)
        if told.startswith("250"):
            envelope.rcpt_tos.append(address)
        return told

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        told = self.after_data()
        if told.startswith("250"):
            content = envelope.content
            assert isinstance(content, bytes)
            self.letters.append(message_from_bytes(content, policy=policy.default))
        return told

    def to(self, address: str) -> list[EmailMessage]:
        return [each for each in self.letters if address in str(each["To"])]


@contextmanager
def smtp_server(office: PostOffice | None = None, *, login: bool = False) -> Iterator[tuple[PostOffice, int]]:
    """Takes letters from anybody; with `login` also from the user office with the password geheim."""
    office = office or PostOffice()
    asked = {"auth_require_tls": False, "authenticator": _office_logs_in} if login else {}
    controller = Controller(office, hostname="127.0.0.1", port=free_port(), **asked)
    controller.start()
    try:
        yield office, controller.port
    finally:
        controller.stop()


def _office_logs_in(*call: object) -> AuthResult:
    who = call[-1]
    return AuthResult(
        success=isinstance(who, LoginPassword) and (who.login, who.password) == (b"office", b"geheim")
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def odd_server(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that does with each caller what `talk` says."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.1)
    over = threading.Event()

    def serve() -> None:
        while not over.is_set():
            try:
                caller, _ = listener.accept()
            except TimeoutError:
                continue
            caller.settimeout(5)
            threading.Thread(target=_one, args=(caller,), daemon=True).start()

    def _one(caller: socket.socket) -> None:
        with caller:
            try:
                talk(caller)
            except OSError:
                return

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        thread.join()
        listener.close()


def hangs(caller: socket.socket) -> None:
    """Takes the call and never says a word."""
    while caller.recv(1024):
        pass


def promises_much(caller: socket.socket) -> None:
    """Says that a line of the size of a disk follows."""
    caller.sendall(b"* OK [CAPABILITY IMAP4rev1] ready\r\n")
    while asked := caller.recv(1024):
        tag = asked.split()[0]
        caller.sendall(b"* CAPABILITY IMAP4rev1 {99999999999999}\r\n" + tag + b" OK done\r\n")


def garbage(caller: socket.socket) -> None:
    """Answers, but not in any language that mail servers speak."""
    caller.sendall(b"\x00\xff\xfe<html>502 Bad Gateway</html>\r\n" * 3)
    caller.recv(1024)


class Robot:
    """A chat robot: `answers` is a queue of what it does; the last one goes on for ever."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.kinds: set[str] = set()
        self.answers: list[Callable[[BaseHTTPRequestHandler], None]] = [
            says(b'{"errcode": 0, "errmsg": "ok"}')
        ]

    def hear(self, call: BaseHTTPRequestHandler) -> None:
        message = json.loads(call.rfile.read(int(call.headers["Content-Length"])))
        self.kinds |= {message["msgtype"], call.headers["Content-Type"]}
        self.heard.append(message["text"]["content"])
        (self.answers.pop(0) if len(self.answers) > 1 else self.answers[0])(call)


def says(body: bytes, status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """A robot's answer."""

    def answer(call: BaseHTTPRequestHandler) -> None:
        call.send_response(status)
        for name, value in headers.items():
            call.send_header(name, value)
        call.end_headers()
        call.wfile.write(body)

    return answer


def never_ends(call: BaseHTTPRequestHandler) -> None:
    """A byte now and then, for ever: no single wait is long."""
    call.send_response(200)
    call.end_headers()
    while True:
        call.wfile.write(b" ")
        time.sleep(0.05)


def is_silent(call: BaseHTTPRequestHandler) -> None:
    call.rfile.read(1)


@contextmanager
def chat_robot() -> Iterator[tuple[Robot, str]]:
    """A robot on loopback and its address, which holds a key."""
    robot = Robot()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            with suppress(OSError):
                robot.hear(self)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield robot, f"http://127.0.0.1:{server.server_port}/cgi-bin/webhook/send?key=693axxx6-7aoc-4bc4"
    finally:
        server.shutdown()
        thread.join()
        server.socket.close()


DOVECOT = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
default_login_user = {login}
default_internal_user = {user}
default_internal_group = {group}
first_valid_uid = 0
first_valid_gid = 0
mail_location = maildir:{folder}/mail
passdb {{
  driver = static
  args = password=geheim
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@contextmanager
def dovecot() -> Iterator[tuple[Path, int]]:
    """A real mailbox; yield its Maildir and the port. Skips where Dovecot is not installed."""
    program = shutil.which("dovecot") or "/usr/sbin/dovecot"
    if not Path(program).exists():
        pytest.skip("Dovecot is not installed (apt-get install dovecot-imapd): the mailbox is a real one")
    import grp
    import pwd

    port = free_port()
    folder = Path(tempfile.mkdtemp(prefix="workplan-mailbox-"))  # its processes may run as somebody else
    folder.chmod(0o755)
    as_root = os.getuid() == 0  # then Dovecot insists on users without rights: those of Debian's packages
    owner = pwd.getpwnam("mail" if as_root else getpass.getuser())
    facts = {
        "folder": folder, "port": port, "login": "dovenull" if as_root else owner.pw_name,
        "user": owner.pw_name, "group": grp.getgrgid(owner.pw_gid).gr_name,
        "uid": owner.pw_uid, "gid": owner.pw_gid,
    }  # fmt: skip
    config = folder / "dovecot.conf"
    config.write_text(DOVECOT.format(**facts))
    for part in ("cur", "new", "tmp"):
        (folder / "mail" / part).mkdir(parents=True)
    (folder / "home").mkdir()
    for place in (folder, folder / "home", folder / "mail", *(folder / "mail").iterdir()):
        os.chown(place, owner.pw_uid, owner.pw_gid)
    server = subprocess.Popen([program, "-F", "-c", str(config)], stderr=subprocess.PIPE)
    try:
        _wait_for(port, server, folder / "dovecot.log")
        yield folder / "mail", port
    finally:
        server.terminate()
        server.wait(10)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(200):
        if server.poll() is not None:
            told = server.stderr.read().decode() if server.stderr else ""
            pytest.skip(f"Dovecot does not start here: {told} {log.read_text() if log.exists() else ''}")
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("Dovecot does not answer")


def put_into(maildir: Path, letters: list[bytes]) -> None:
    """Deliver as a mail server would: whole files into new/."""
    start = len(list((maildir / "new").iterdir())) + len(list((maildir / "cur").iterdir()))
    for number, letter in enumerate(letters, start=start):
        name = f"{1_700_000_000 + number}.M{number}.test"
        (maildir / "tmp" / name).write_bytes(letter)
        owner = maildir.stat()
        os.chown(maildir / "tmp" / name, owner.st_uid, owner.st_gid)
        (maildir / "tmp" / name).rename(maildir / "new" / name)


def letter_with(form: Path | None, *, sender: str, subject: str, number: int, name: str = "") -> bytes:
    """A clerk's letter with the form attached, in a mail program's usual dress."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"], message["To"] = sender, "office@example.invalid"
    message["Subject"] = subject
    message["Message-ID"] = f"<clerk-{number}@example.invalid>"
    message["Date"] = "Mon, 26 Jun 2023 10:00:00 +0800"
    message.set_content("填报表见附件。")
    if form is not None:
        message.add_attachment(
            form.read_bytes(), maintype="application", subtype="octet-stream", filename=name or form.name
        )
    return message.as_bytes()
