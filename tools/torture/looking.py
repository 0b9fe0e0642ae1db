"""What must hold after every kill, and what must hold in the end as if nobody had killed anything."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import tempfile
import zipfile
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from arriving_forms import Form

LOST, DOUBLED, HALF, CORRUPT = "lost", "doubled", "half-published", "falsely corrupt"


class Wrong(Exception):
    """Something that must never happen; `kind` is one of the four words."""

    def __init__(self, kind: str, told: object) -> None:
        super().__init__(f"{kind}: {told}")
        self.kind = kind


def look(root: Path, arrived: Collection[Form]) -> None:
    """What is published is whole; what was sent lies in the inbox or stands in the store, or both.

    Raises:
        Wrong: Not so.
    """
    lying = {_sha(path.read_bytes()) for path in (root / "inbox").rglob("*.xlsx") if path.is_file()}
    with _store(root) as store:
        if store.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise Wrong(HALF, "the store")
        kept = [row[0] for row in store.execute("SELECT sha256 FROM submission")]
        judged = [row[0] for row in store.execute("SELECT file FROM submission WHERE outcome='quarantined'")]
    if len(kept) != len(set(kept)):
        raise Wrong(DOUBLED, "a file was kept twice")
    if judged:
        raise Wrong(CORRUPT, judged)
    missing = [form.name for form in arrived if _sha(form.data) not in lying.union(kept)]
    if missing:
        raise Wrong(LOST, missing)
    for path in [root / "ledger.xlsx", *(root / "outbox").rglob("[!.]*")]:
        if path.is_file() and not _is_whole(path):
            raise Wrong(HALF, path)


def _is_whole(path: Path) -> bool:
    data = path.read_bytes()
    if path.suffix in (".xlsx", ".docx"):
        try:
            with zipfile.ZipFile(path) as package:
                return package.testzip() is None
        except zipfile.BadZipFile:
            return False
    if path.suffix == ".json":
        try:
            json.loads(data)
        except ValueError:
            return False
    return bool(data)


def end(root: Path, sent: Collection[Form]) -> None:
    """Every form was kept once with its figure, answered once, filed under its name, byte for byte.

    Raises:
        Wrong: Not so.
    """
    look(root, sent)
    wanted = {_sha(form.data): form for form in sent}
    with _store(root) as store:
        kept = dict(store.execute("SELECT sha256, outcome FROM submission"))
        figures = dict(
            store.execute(
                "SELECT s.sha256, v.value FROM submission s JOIN reported_value v "
                "ON v.submission = s.number WHERE v.target_code = '1-1' AND s.outcome = 'accepted'"
            )
        )
        editions = store.execute("SELECT path, file_sha256 FROM edition").fetchall()
        still = store.execute("SELECT count(*) FROM inbox_file WHERE place IS NULL").fetchone()[0]
    outcomes = {sha: "accepted" if form.is_right else "returned" for sha, form in wanted.items()}
    if kept != outcomes:
        raise Wrong(LOST if len(kept) < len(outcomes) else CORRUPT, Counter(kept.values()))
    if figures != {sha: form.figure for sha, form in wanted.items() if form.is_right}:
        raise Wrong(LOST, "a figure")
    if still:
        raise Wrong(LOST, f"{still} files are still waited for")
    _filed(root, sent)
    _answered(root, Counter(outcomes.values()))
    for name, sha in editions:
        path = root / "outbox" / "2023-06" / name
        if not path.exists() or _sha(path.read_bytes()) != sha:
            raise Wrong(HALF, f"edition {name}")


def _filed(root: Path, sent: Collection[Form]) -> None:
    """Each file that was sent lies in a sub-folder, repetitions too, and nowhere else."""
    there = Counter(
        _sha(path.read_bytes())
        for name in ("已收", "退回")
        for path in (root / "inbox" / name).glob("*.xlsx")
    )
    wanted = Counter(_sha(form.data) for form in sent)
    if there != wanted:
        raise Wrong(LOST if there < wanted else DOUBLED, there - wanted or wanted - there)
    left = [path.name for path in (root / "inbox").iterdir() if path.suffix == ".xlsx"]
    if left:
        raise Wrong(LOST, left)


def _answered(root: Path, outcomes: Counter[str]) -> None:
    outbox = root / "outbox" / "2023-06"
    receipts, copies = len(list(outbox.glob("回执*.txt"))), len(list(outbox.glob("退回*.xlsx")))
    if (receipts, copies) != (outcomes["accepted"], outcomes["returned"]):
        raise Wrong(LOST, f"{receipts} receipts and {copies} marked copies for {outcomes}")


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@contextmanager
def _store(root: Path) -> Iterator[sqlite3.Connection]:
    """A copy of the store as it was left: opening the store itself would mend what the next run must mend."""
    with tempfile.TemporaryDirectory(prefix="torture-") as folder:
        for name in ("workplan.db", "workplan.db-wal"):
            if (root / name).exists():
                shutil.copy(root / name, folder)
        with closing(sqlite3.connect(Path(folder) / "workplan.db")) as store:
            yield store
