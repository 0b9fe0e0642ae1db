"""Archives of forms: opened in a worker, each member taken in like a file of its own, the archive filed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.submission import Outcome, Submission, Verdict
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.judging import Judged, OpenedArchive
from workplan_xlsx.steps.answering import put_away
from workplan_xlsx.steps.intake_run import Met, Run
from workplan_xlsx.steps.intake_told import TakenFile, not_taken
from workplan_xlsx.steps.one_batch import take_judged, take_met
from workplan_xlsx.words import say


def take_archive(run: Run, met: Met) -> list[TakenFile]:
    """Return what became of the archive and of each of its members.

    The archive itself is no return: it is listed as ignored, with the count of its members, and put away
    when all of them have been answered. One that is refused, or holds no form, is a file like any other.
    """
    opened = next(run.openers.results([met.hand]))
    if opened.refused is not None:
        return take_judged(run, met, _refused(met, opened.refused))
    if not opened.members:
        return take_met(run, [met])
    return _take_members(run, met, opened)


def _refused(met: Met, finding: Finding) -> Judged:
    hand = met.hand
    return Judged(
        Verdict(file=hand.name, sha256=hand.sha256, outcome=Outcome.QUARANTINED, findings=(finding,))
    )


def _take_members(run: Run, met: Met, opened: OpenedArchive) -> list[TakenFile]:
    taken: list[TakenFile] = []
    hands: list[Met] = []
    for member in opened.members:
        name = f"{met.hand.name}/{member.name}"
        if member.finding is None:
            hand = FileInHand(name, hashlib.sha256(member.data).hexdigest(), member.data)
            hands.append(Met(entry=met.entry, hand=hand, member=True))
        else:
            ignored = member.finding.code is Code.IGNORED_ENTRY
            outcome = Outcome.IGNORED if ignored else Outcome.QUARANTINED
            taken.append(not_taken(name, outcome, member.finding))
    names = [] if run.dry_run else [run.name_of(met.hand, met.entry, member=False)]
    taken += take_met(run, hands, more_names=names)
    return [_archive_itself(run, met, taken), *taken]


def _archive_itself(run: Run, met: Met, members: Sequence[TakenFile]) -> TakenFile:
    """Put away when every member was answered; it stays where an answer is still owed."""
    finding = found(Code.ARCHIVE_OPENED, file=met.hand.name, count=len(members))
    told = not_taken(met.hand.name, Outcome.IGNORED, finding)
    if run.dry_run:
        return told
    place = None
    if not any(each.trouble for each in members):
        filed_as = Verdict(file=met.hand.name, sha256=met.hand.sha256, outcome=Outcome.IGNORED)
        receipt = Submission(received_at=run.office.now, version=0, verdict=filed_as)
        place = put_away(run, met, receipt, _word(run, members))
    if place is not None:
        where = place.relative_to(run.office.folders.inbox).as_posix()
        names = [met.hand.name, *(each.file for each in members)]
        run.office.store.put_away(dict.fromkeys(names, where))
    return replace(told, place=place, stays=place is None)


def _word(run: Run, members: Sequence[TakenFile]) -> str:
    """One line a member: its name and what became of it."""
    lang = run.office.lang
    lines = [
        say(
            "intake.archive_line",
            lang,
            file=each.file.partition("/")[2],
            outcome=say(f"cli.outcome_{each.outcome.value}", lang),
        )
        for each in members
    ]
    return say("intake.word_archive", lang, lines="\n".join(lines))
