"""A zip archive of forms, opened one level deep: its members become files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workplan_xlsx.books.returned.gate import check_sizes, inflate
from workplan_xlsx.books.returned.sniffing import Format, sniff
from workplan_xlsx.books.returned.unreadable import Unreadable, too_large
from workplan_xlsx.books.returned.zip_directory import Member, read_directory
from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.intake.file_names import is_lock_or_leftover
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.inbox import LARGEST_BYTES
from workplan_xlsx.intake.judging import ArchiveMember, OpenedArchive
from workplan_xlsx.intake.whole_bytes import end_of_zip
from workplan_xlsx.intake.worker import Failure
from workplan_xlsx.words import Lang, say

MOST_MEMBERS = 200
_UTF8 = 0x800
_WORKBOOK_PARTS = (b"[Content_Types].xml", b"content.xml", b"mimetype")
_FORMS = (Format.XLSX, Format.XLSB, Format.XLS, Format.ODS, Format.PASSWORD)


def may_be_archive(data: bytes) -> bool:
    """Whether the bytes are a zip whose directory names none of the parts that make it a document.

    Only the place of the directory is looked up; what is in it is for a worker to say.
    """
    if not data.startswith(b"PK"):
        return False
    end = end_of_zip(data)
    if end is None:
        return False
    directory = data[end.offset : end.offset + end.size]
    return b"PK\1\2" in directory and not any(part in directory for part in _WORKBOOK_PARTS)


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """What a worker is asked to do with an archive."""

    lang: Lang

    def __call__(self, hand: FileInHand) -> OpenedArchive:
        """Return its members; none where no form is among them, and a finding where it is refused whole."""
        try:
            members = tuple(_members(hand.data))
        except Unreadable as why:
            return OpenedArchive(sha256=hand.sha256, refused=why.finding(hand.name, self.lang))
        if not any(_is_form(each.data) for each in members):
            return OpenedArchive(sha256=hand.sha256)
        checked = tuple(self._checked(hand.name, each) for each in members)
        return OpenedArchive(sha256=hand.sha256, members=checked)

    def _checked(self, archive: str, member: ArchiveMember) -> ArchiveMember:
        """A member that is no return, or an archive again, with the finding that says so."""
        name = f"{archive}/{member.name}"
        finding: Finding | None = None
        if any(is_lock_or_leftover(part) for part in member.name.split("/")):
            finding = found(Code.IGNORED_ENTRY, file=name, why=say("intake.lock_or_leftover", self.lang))
        elif may_be_archive(member.data):
            finding = found(Code.ARCHIVE_IN_ARCHIVE, file=name)
        return ArchiveMember(member.name, member.data, finding)

    def failed(self, hand: FileInHand, failure: Failure) -> OpenedArchive:
        """The worker died over it: refused whole."""
        why = say(f"reading.{failure.value}", self.lang)
        return OpenedArchive(sha256=hand.sha256, refused=found(Code.READER_DIED, file=hand.name, why=why))

    def fits(self, result: object, hand: FileInHand) -> bool:
        """Whether it is an answer about this archive."""
        return isinstance(result, OpenedArchive) and result.sha256 == hand.sha256


def _members(data: bytes) -> Iterator[ArchiveMember]:
    """The gate first: count, names, places, sizes; then each member, no longer than it was announced."""
    members = [member for member in read_directory(data) if not member.is_folder]
    if len(members) > MOST_MEMBERS:
        raise too_large("archive_members", count=len(members), limit=MOST_MEMBERS)
    if any(member.is_encrypted for member in members):
        raise Unreadable(Code.PASSWORD, "password")
    check_sizes(tuple(members))
    whole = sum(member.size for member in members)
    if whole > LARGEST_BYTES:
        raise too_large("inflates_to", size=whole // 2**20, limit=f"{LARGEST_BYTES // 2**20} MB")
    for member in members:
        yield ArchiveMember(_name(member), inflate(data, member))


def _name(member: Member) -> str:
    """Windows writes names in the office's own encoding and does not say so."""
    if member.flags & _UTF8:
        return member.name
    for encoding in ("utf-8", "gb18030"):
        try:
            return member.raw_name.decode(encoding).replace("\\", "/")
        except UnicodeDecodeError:
            continue
    return member.name


def _is_form(data: bytes) -> bool:
    try:
        return sniff(data).format in _FORMS
    except Unreadable:
        return True  # a damaged workbook is to be told as one
