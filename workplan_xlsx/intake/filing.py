"""Putting taken files away: into a sub-folder of inbox/, moved only, under a name that cannot collide."""

from __future__ import annotations

import itertools
import os
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from workplan_xlsx.books.whole_file import write_text_whole
from workplan_xlsx.domain.submission import Outcome
from workplan_xlsx.errors import OutputError
from workplan_xlsx.intake.file_names import FILED_FOLDERS, legible
from workplan_xlsx.intake.inbox import Stamp, same_content, stamp_of

_TAKEN, _RETURNED, _UNRECOGNISED = FILED_FOLDERS
_FOLDER = {
    Outcome.ACCEPTED: _TAKEN,
    Outcome.SUPERSEDED: _TAKEN,
    Outcome.DUPLICATE: _TAKEN,
    Outcome.IGNORED: _TAKEN,
    Outcome.RETURNED: _RETURNED,
    Outcome.QUARANTINED: _UNRECOGNISED,
}
_LONGEST_NAME_BYTES = 200  # of the 255 that file systems take: room for a count and for the text beside it
_LONGEST_SUFFIX_BYTES = 16
_TAG_CHARACTERS = 12
_TEXT_BESIDE = ".txt"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """A taken file on its way.

    Attributes:
        stamp: Of the file whose bytes were read; another one that has taken its name since is left alone.
        outcome: Which decides on the sub-folder.
        sha256: Its beginning stands in the name.
        received_at: When these bytes were received first.
    """

    path: Path
    stamp: Stamp
    outcome: Outcome
    sha256: str
    received_at: datetime


def file_away(filing: Filing, inbox: Path, word: str = "") -> Path | None:
    """Move the file to its sub-folder, the word beside it, and return its place; None where it stays.

    The name is the moment of receipt, the beginning of the hash and the sender's own: two files share it
    only if they hold the same bytes, and then they are counted. The word is there before the file is: a run
    that is stopped in between does it again, to the same place. A file that cannot be moved (open in Excel,
    read-only share, no room for the word) stays, and is known by its hash the next time. Nothing is deleted
    and nothing is replaced.
    """
    place = _free_place(inbox / _FOLDER[filing.outcome], filing)
    if not word:
        return place if _moved(filing, place) else None
    try:
        if not _may_make(place.parent, filing):
            return None
        write_text_whole(_text_beside(place), word)
    except (OSError, OutputError):
        return None
    if _moved(filing, place):
        return place
    with suppress(OSError):
        _text_beside(place).unlink(missing_ok=True)
    return None


def _may_make(folder: Path, filing: Filing) -> bool:
    """Whether the folder is there; it is made if the file is: otherwise the share may be gone."""
    if stamp_of(filing.path) is None:
        return False
    folder.mkdir(exist_ok=True)
    return True


def _text_beside(place: Path) -> Path:
    return place.with_name(place.name + ".txt")


def _moved(filing: Filing, place: Path) -> bool:
    try:
        try:
            filing.path.rename(place)
        except FileNotFoundError:  # the first file of its kind
            if not _may_make(place.parent, filing):
                return False
            filing.path.rename(place)
    except OSError:
        return False
    now = stamp_of(place)
    if now is not None and same_content(now, filing.stamp):
        return True
    _put_back(place, filing.path)
    return False


def _put_back(place: Path, path: Path) -> None:
    """Another file had taken the name since: it goes back to it, or beside what is there by now."""
    for count in itertools.count(1):
        candidate = path.with_name(f"{path.stem}{_counted(count)}{path.suffix}")
        try:
            os.link(place, candidate, follow_symlinks=False)  # unlike a rename, a link never replaces
        except FileExistsError:
            continue
        except OSError:  # a file system without links
            if os.path.lexists(candidate):
                continue
            place.rename(candidate)
        else:
            place.unlink()
        return


def _free_place(folder: Path, filing: Filing) -> Path:
    """Only we write names of this kind, one run at a time: what is free now is free when it is used."""
    begin = f"{filing.received_at:%Y%m%d-%H%M%S}_{filing.sha256[:_TAG_CHARACTERS]}_"
    suffix = legible(filing.path.suffix, _LONGEST_SUFFIX_BYTES)
    stem = legible(filing.path.stem, _LONGEST_NAME_BYTES - len(begin) - _LONGEST_SUFFIX_BYTES)
    places = (folder / f"{begin}{stem}{_counted(count)}{suffix}" for count in itertools.count(1))
    return next(place for place in places if not os.path.lexists(place))


def _counted(count: int) -> str:
    return f"_{count}" if count > 1 else ""
