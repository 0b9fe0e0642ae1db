"""A file is there whole or not at all; the previous one stays until the new one is complete and opens."""

from __future__ import annotations

import errno
import hashlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_xlsx.books.opens_again import check_opens_again
from workplan_xlsx.errors import OutputError
from workplan_xlsx.words import Lang, say

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

Check = Callable[[Path], None]
_LONGEST_NAME_BYTES = 255
_FLUSHED_AT_ONCE = 16
_SLOW_SECONDS = 0.002
_OPEN_AT_ONCE, _SHARE_OF_THE_OPEN = 100, 4
_READ_AT_ONCE_BYTES = 64 * 1024
_IN_USE_ON_WINDOWS = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_SENTENCE_FOR = {
    "ENOSPC": "disk_full",
    "EDQUOT": "disk_full",
    "EROFS": "read_only",
    "EACCES": "locked_or_forbidden",
    "EPERM": "locked_or_forbidden",
    "EBUSY": "locked_or_forbidden",
    "ETXTBSY": "locked_or_forbidden",
    "EISDIR": "is_a_folder",
    "ENOTDIR": "no_folder",
    "ENOENT": "no_folder",
    "ENAMETOOLONG": "name_too_long",
    "EMFILE": "too_many_open",
    "ENFILE": "too_many_open",
}


@contextmanager
def whole_file(
    path: Path, lang: Lang = "zh", *, check: Check = check_opens_again, flush: bool = True
) -> Iterator[Path]:
    """Yield a side path; it is put in place of `path` only if the block succeeds and the result opens again.

    Written beside, brought to the disk, opened again and checked, put in place, the folder brought to the
    disk: whenever the power goes, there is the previous file or the new one. Without `flush` that holds only
    after `bring_to_disk`, which is much cheaper for many files.

    Raises:
        OutputError: It cannot be written or put in place (open in Excel, disk full, read-only folder); what
            was there before is intact, and the sentence says what to do.
    """
    partial = side_path(path)
    try:
        if not path.parent.is_dir():
            path.parent.mkdir(parents=True, exist_ok=True)
        yield partial
        if flush:
            _flush(partial)
        check(partial)
        partial.replace(path)
        if flush:
            flush_folder(path.parent)
    except Exception as error:
        trouble = _trouble_within(error)
        if trouble is None:
            raise
        raise OutputError(what_to_do(path, trouble, lang)) from error
    finally:
        with suppress(OSError):  # the sentence above is what matters; every reader ignores a left-over .part
            _clear_away(partial)


def _clear_away(partial: Path) -> None:
    """Emptied first: a writer that still holds it open gives the disk its room back at once."""
    if partial.is_file():
        os.truncate(partial, 0)
        partial.unlink()


def side_path(path: Path) -> Path:
    """Where the file is written first: in the same folder, a name that every reader ignores."""
    return path.with_name(side_name(path.name))


def side_name(name: str) -> str:
    """The name under which a file of that name is written first."""
    budget = _LONGEST_NAME_BYTES - len("..part")
    kept = name.encode("utf-8", "surrogateescape")[:budget].decode("utf-8", "ignore")
    return f".{kept}.part"


def _trouble_within(error: Exception) -> OSError | None:
    """What the system said; the writer of workbooks hands it on inside an exception of its own."""
    told = (error, *error.args)
    return next((each for each in told if isinstance(each, OSError)), None)


def what_to_do(path: Path, error: OSError, lang: Lang) -> str:
    """The sentence about an output that the system refused."""
    key = _SENTENCE_FOR.get(errno.errorcode.get(error.errno or 0, ""), "cannot_write")
    if getattr(error, "winerror", None) in _IN_USE_ON_WINDOWS:
        key = "locked_or_forbidden"
    return say(f"books.{key}", lang, file=path, why=error.strerror or str(error))


def _flush(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Make the new name durable, where the system knows folders as files."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):  # some shares cannot; the file itself is safe
            raise
    finally:
        os.close(handle)


def bring_to_disk(folder: Path, names: Sequence[str], lang: Lang) -> None:
    """Make files of the folder that were written without `flush` durable, many at a time.

    Raises:
        OutputError: The system could not do it; the sentence says what to do.
    """
    at_once = files_at_once()
    try:
        for start in range(0, len(names), at_once):
            with ExitStack() as opened:
                some = [
                    opened.enter_context((folder / name).open("rb+", buffering=0))
                    for name in names[start : start + at_once]
                ]
                flush_together([file.fileno() for file in some])
        if names:
            flush_folder(folder)
    except OSError as error:
        raise OutputError(what_to_do(folder, error, lang)) from error


def files_at_once() -> int:
    """How many we open together: a hundred, and fewer where the system lets a process have few."""
    if os.name == "nt":
        return _OPEN_AT_ONCE
    import resource

    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY:
        return _OPEN_AT_ONCE
    return max(1, min(_OPEN_AT_ONCE, allowed // _SHARE_OF_THE_OPEN))


def flush_together(numbers: Sequence[int]) -> None:
    """Bring the open files to the disk: one after the other, but many at once where that takes its time.

    Raises:
        OSError: The system could not do it.
    """
    began = time.perf_counter()
    for done, number in enumerate(numbers, start=1):
        os.fsync(number)
        if time.perf_counter() - began > _SLOW_SECONDS:
            left = numbers[done:]
            shares = (left[hand::_FLUSHED_AT_ONCE] for hand in range(_FLUSHED_AT_ONCE))
            list(_hands().map(_flush_all, shares))
            return


def _flush_all(numbers: Sequence[int]) -> None:
    for number in numbers:
        os.fsync(number)


@cache
def _hands() -> ThreadPoolExecutor:
    """A disk brings many files to safety in the time of one, if it is asked for all of them at once."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(_FLUSHED_AT_ONCE)


def write_bytes_whole(path: Path, data: bytes, lang: Lang = "zh", *, flush: bool = True) -> None:
    """Put the bytes in place, whole or not at all.

    Raises:
        OutputError: As `whole_file`.
    """

    write_pieces_whole(path, (data,), lang, flush=flush)


def write_pieces_whole(path: Path, pieces: Iterable[bytes], lang: Lang = "zh", *, flush: bool = True) -> None:
    """Put the pieces in place one after the other, whole or not at all; never all of them in memory.

    Raises:
        OutputError: As `whole_file`.
    """
    given = hashlib.sha256()

    def same(partial: Path) -> None:
        if file_sha256(partial) != given.hexdigest():
            raise OSError(errno.EIO, say("books.reads_back_differently", lang))

    with whole_file(path, lang, check=same, flush=flush) as partial, partial.open("wb") as file:
        for piece in pieces:
            given.update(piece)
            file.write(piece)


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of the file's bytes, 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb", buffering=0) as file:
        while read := file.read(_READ_AT_ONCE_BYTES):
            digest.update(read)
    return digest.hexdigest()


def write_text_whole(path: Path, text: str, lang: Lang = "zh", *, flush: bool = True) -> None:
    """Write a short text, readable by every editor on Windows.

    Raises:
        OutputError: As `whole_file`.
    """
    write_bytes_whole(path, text.encode("utf-8-sig", "backslashreplace"), lang, flush=flush)
