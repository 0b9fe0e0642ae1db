"""The backup file: which parts it holds, its table of contents with digests, and whether it is whole."""

from __future__ import annotations

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workplan_xlsx.errors import UsageError
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

CONTENTS = "backup.json"
STORE, SETTINGS, LEDGER, OWN_RULES = "workplan.db", "workplan.toml", "ledger.xlsx", "rules.py"
_PARTS = (SETTINGS, LEDGER, OWN_RULES, STORE)
_NEEDED = {SETTINGS, STORE}
_FORMAT = 1
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """A backup's table of contents.

    Attributes:
        digests: The SHA-256 of each part.
    """

    plan: str
    made_at: datetime
    digests: Mapping[str, str]


def write_archive(path: Path, parts: Mapping[str, Path], plan: str, made_at: datetime) -> None:
    """Zip the parts (name in the backup: file) with their digests; the table of contents comes last."""
    stamp = made_at.timetuple()[:6]
    digests: dict[str, str] = {}
    with zipfile.ZipFile(path, "w") as archive:
        for name in (each for each in _PARTS if each in parts):
            digests[name] = _pack(archive, zipfile.ZipInfo(name, stamp), parts[name])
        told = {"format": _FORMAT, "plan": plan, "made_at": made_at.isoformat(), "sha256": digests}
        text = json.dumps(told, ensure_ascii=False, indent=1)
        archive.writestr(zipfile.ZipInfo(CONTENTS, stamp), text.encode())


def _pack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, file: Path) -> str:
    entry.compress_type = zipfile.ZIP_DEFLATED
    digest = hashlib.sha256()
    with file.open("rb") as source, archive.open(entry, "w", force_zip64=True) as target:
        while piece := source.read(_PIECE):
            digest.update(piece)
            target.write(piece)
    return digest.hexdigest()


def read_contents(path: Path, lang: Lang) -> Contents:
    """Return the backup's table of contents, after every part has been held against its digest.

    Raises:
        UsageError: There is no such file, it is no backup of ours, or it is damaged.
    """
    if not path.is_file():
        raise UsageError(say("backup.no_file", lang, file=path))
    try:
        with zipfile.ZipFile(path) as archive:
            contents = _contents(archive, lang)
            bad = [name for name, digest in contents.digests.items() if _digest(archive, name) != digest]
    except KeyError:  # any other zip, a workbook for example
        why = say("backup.no_contents", lang)
        raise UsageError(say("backup.no_backup", lang, file=path.name, why=why)) from None
    except (zipfile.BadZipFile, zlib.error, EOFError, TypeError, ValueError, RuntimeError) as error:
        why = str(error.args[0]) if error.args else type(error).__name__
        raise UsageError(say("backup.no_backup", lang, file=path.name, why=why)) from None
    except OSError as error:
        raise UsageError(say("backup.no_backup", lang, file=path.name, why=error)) from None
    if bad:
        raise UsageError(say("backup.damaged", lang, file=path.name, part=listed(bad, lang)))
    return contents


def _contents(archive: zipfile.ZipFile, lang: Lang) -> Contents:
    told = json.loads(archive.read(CONTENTS))
    digests = dict(told["sha256"])
    if told["format"] != _FORMAT or not _NEEDED <= set(digests) <= set(_PARTS):
        raise ValueError(f"format {told['format']}: {listed(digests, lang)}")
    return Contents(plan=told["plan"], made_at=datetime.fromisoformat(told["made_at"]), digests=digests)


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with archive.open(name) as part:
        while piece := part.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()


def unpack(path: Path, name: str, target: Path) -> None:
    """Write one part of a checked backup to the target, which must not be there yet."""
    with zipfile.ZipFile(path) as archive, archive.open(name) as part, target.open("xb") as file:
        while piece := part.read(_PIECE):
            file.write(piece)
