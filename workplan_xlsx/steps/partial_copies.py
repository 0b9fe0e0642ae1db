"""A part of a file that was judged before the whole came: what was said about it is withdrawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from workplan_xlsx.books.whole_file import write_text_whole
from workplan_xlsx.domain.findings import Code, found
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.errors import OutputError
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.steps.workspace import Office
from workplan_xlsx.store.intake_decisions import Decision, DecisionKind
from workplan_xlsx.store.opening import Store
from workplan_xlsx.words import say

_BROKEN_OFF = (Code.DAMAGED, Code.EMPTY_FILE, Code.NOT_A_WORKBOOK, Code.HOLDS_OTHER_FILES, Code.UNSAFE)


@dataclass(frozen=True, slots=True)
class Part:
    """A kept file that is the beginning of a whole one: its bytes as far as they had been written."""

    part: Submission
    whole_sha256: str


def parts_of(
    store: Store, hands: Mapping[str, FileInHand], verdicts: Mapping[str, Verdict]
) -> tuple[Part, ...]:
    """Return the parts, kept earlier, of files that can be read now; a part came under the same name."""
    whole = {sha: hand for sha, hand in hands.items() if verdicts[sha].outcome is not Outcome.QUARANTINED}
    if not whole:
        return ()
    earlier = store.quarantined_under({hand.name for hand in whole.values()})
    return tuple(
        Part(each, sha)
        for each in earlier
        if any(finding.code in _BROKEN_OFF for finding in each.verdict.findings)
        for sha, hand in whole.items()
        if hand.name == each.verdict.file and _begins(store.original(each.verdict.sha256) or b"", hand.data)
    )


def _begins(part: bytes, whole: bytes) -> bool:
    """What had been written; a copy whose size was set first ends in zeros."""
    return whole.startswith(part.rstrip(b"\0"))


def with_notes(verdict: Verdict, parts: Sequence[Part]) -> Verdict:
    """The verdict on a whole file, with a note on each part of it."""
    notes = tuple(
        found(Code.PART_WITHDRAWN, file=verdict.file, sha=each.part.verdict.sha256[:12])
        for each in parts
        if each.whole_sha256 == verdict.sha256
    )
    return replace(verdict, findings=(*verdict.findings, *notes)) if notes else verdict


def withdrawals(parts: Sequence[Part], now: datetime) -> list[Decision]:
    """The decisions that go into the commit of the whole files."""
    return [
        Decision(
            kind=DecisionKind.WITHDRAWN,
            sha256=each.part.verdict.sha256,
            decided_at=now,
            who="workplan",
            facts={"whole": each.whole_sha256, "codes": _codes(each.part.verdict)},
        )
        for each in parts
    ]


def _codes(verdict: Verdict) -> str:
    return " ".join(finding.code.code for finding in verdict.findings)


def tell_beside(office: Office, parts: Sequence[Part]) -> None:
    """Put a word beside each filed part; the record of the decision is what counts."""
    for each in parts:
        word = say("intake.word_withdrawn", office.lang, sha=each.whole_sha256[:12])
        for name in office.store.places_of(each.part.verdict.sha256):
            if name.place:
                filed = office.folders.inbox / name.place
                beside = filed.with_name(f"{filed.name}{say('intake.withdrawn_suffix', office.lang)}.txt")
                with suppress(OutputError):
                    write_text_whole(beside, word, office.lang)
