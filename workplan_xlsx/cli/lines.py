"""Results as lines for a person: what was done, what needs him, what comes next. Prints nothing itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from workplan_xlsx.cli.console import table
from workplan_xlsx.domain.editions.explaining import then_told
from workplan_xlsx.domain.findings import Code, Finding, Severity
from workplan_xlsx.domain.ledger_changes_told import changed_what
from workplan_xlsx.domain.rounding import plain
from workplan_xlsx.domain.submission import Outcome
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

if TYPE_CHECKING:
    from workplan_xlsx.demo.cycle import DemoMade
    from workplan_xlsx.doctor import Health
    from workplan_xlsx.domain.editions.figure import Figure
    from workplan_xlsx.domain.notice import Notice, NoticeTask
    from workplan_xlsx.domain.submission import Submission
    from workplan_xlsx.steps.editions import Publication
    from workplan_xlsx.steps.forms_out import FormsOut
    from workplan_xlsx.steps.founding import Founding
    from workplan_xlsx.steps.intake_told import Intake, TakenFile
    from workplan_xlsx.steps.ledger_keeping import LedgerReview
    from workplan_xlsx.steps.standing import PeriodStatus

_NOTES_OF_A_KIND = 2
_CELLS_NAMED = 12
_MARK = {Severity.ERROR: "×", Severity.QUERY: "？", Severity.NOTE: "·"}


def finding(each: Finding, lang: Lang) -> str:
    """One finding with its place."""
    place = each.place()
    return f"  {_MARK[each.severity]} {place + '  ' if place else ''}{each.message(lang)}"


def notice(read: Notice, lang: Lang) -> Iterator[str]:
    """What was found in a notice: the totals, then every item with its units and targets."""
    yield f"{read.title}  {read.document_number}"
    yield _totals(read, lang)
    for task in read.tasks:
        yield from _task_lines(task, lang)
    for each in read.findings:
        yield finding(each, lang)


def _totals(read: Notice, lang: Lang) -> str:
    leads = {name for task in read.tasks for name in task.lead_units}
    facts = {
        "sections": len(read.sections),
        "tasks": len(read.tasks),
        "led": sum(1 for task in read.tasks if task.lead_units),
        "units": len(leads),
        "targets": sum(1 for task in read.tasks for each in task.targets if each.is_measured_target),
        "doubtful": sum(1 for task in read.tasks for each in task.targets if each.doubt),
    }
    return say("cli.notice_totals", lang, **facts)


def _task_lines(task: NoticeTask, lang: Lang) -> Iterator[str]:
    yield f"{task.section_ordinal}/{task.number} {task.title}  {listed(task.lead_units, lang)}"
    for each in task.targets:
        value = "" if each.value is None else f"{each.op or ''} {plain(each.value)}{each.unit}"
        doubt = say(f"notice.{each.doubt}", lang) if each.doubt else ""
        yield f"    {each.kind.value}  {each.what}  {each.text}  {value}  {doubt}".rstrip()


def founding(made: Founding, lang: Lang) -> Iterator[str]:
    """What `init` made, and the next step."""
    from workplan_xlsx.steps.double_clicks import double_clicks

    yield _totals(made.notice, lang)
    yield say("cli.made_workspace", lang, folder=made.root)
    files = listed((path.name for path in double_clicks(made.root, lang)), lang)
    yield say("cli.double_clicks", lang, files=files)
    if made.doubtful:
        yield say("cli.look_at_doubtful", lang, count=made.doubtful)
    yield say("cli.next_templates", lang, folder=made.root, period=made.periods[0])


def review(read: LedgerReview, lang: Lang) -> Iterator[str]:
    """What is wrong in ledger.xlsx, what differs, and whether it is in force now."""
    for each in read.findings:
        yield finding(each, lang)
    for change in read.changes:
        what = changed_what(change, lang)
        yield "  " + say(f"cli.change_{change.kind}", lang, code=change.code, what=what)
    if read.ledger is None:
        yield say("cli.ledger_not_taken", lang)
    elif not read.changes:
        yield say("cli.ledger_same", lang)
    else:
        key = "cli.ledger_recorded" if read.recorded else "cli.ledger_would_change"
        yield say(key, lang, count=len(read.changes))
    if read.problem_rows:
        yield say("cli.problems_written", lang, count=read.problem_rows)


def forms(made: FormsOut, root: Path, lang: Lang) -> Iterator[str]:
    """Where the forms lie, and which could not be written."""
    folder = (root / "templates" / str(made.period)).as_posix()
    yield say("cli.forms_made", lang, count=len(made.paths), folder=folder)
    for unit, why in made.failed:
        yield f"  × {unit}  {why}"
    if not made.failed:
        yield say("cli.next_collect", lang)


def intake(taken: Intake, root: Path, lang: Lang) -> Iterator[str]:
    """One line a file with its findings, then the sum: seen = sum of outcomes."""
    for each in taken.files:
        yield from file_lines(each, root, lang)
    counts = {outcome.value: taken.count(outcome) for outcome in Outcome}
    yield say("cli.intake_sum", lang, seen=taken.seen, **counts)
    if taken.problem_rows:
        yield say("cli.problems_written", lang, count=taken.problem_rows)
    yield from (finding(each, lang) for each in taken.notes)
    yield from (f"！{warning}" for warning in taken.warnings)
    if taken.dry_run:
        yield say("cli.dry_run", lang)


def file_lines(taken: TakenFile, root: Path, lang: Lang) -> Iterator[str]:
    """One file: what became of it, then its findings."""
    verdict = taken.verdict
    outcome = say(f"cli.outcome_{taken.outcome.value}", lang)
    whose = f"  {verdict.unit} {verdict.period}" if verdict.unit else ""
    yield f"{outcome}  {printable(taken.file)}{whose}"
    if taken.trouble:
        yield f"  ！{taken.trouble}"
    elif taken.stays:
        yield "  " + say("intake.stays", lang)
    if taken.outcome in (Outcome.IGNORED, Outcome.DUPLICATE):
        return
    told = (
        each
        for each in verdict.findings
        if each.severity is not Severity.NOTE or taken.outcome is not Outcome.RETURNED
    )
    yield from _findings_in_short(told, lang)
    if taken.marked_copy is not None:
        yield "  " + say("cli.marked_copy", lang, path=taken.marked_copy.relative_to(root).as_posix())


def _findings_in_short(findings: Iterable[Finding], lang: Lang) -> Iterator[str]:
    """What must be mended whole; of notes of one kind the first few, and the cells of the others."""
    rest: dict[Code, list[Finding]] = {}
    seen: Counter[Code] = Counter()
    for each in findings:
        seen[each.code] += 1
        if each.severity is Severity.NOTE and seen[each.code] > _NOTES_OF_A_KIND:
            rest.setdefault(each.code, []).append(each)
        else:
            yield finding(each, lang)
    for code, others in rest.items():
        cells = listed((each.cell for each in others[:_CELLS_NAMED] if each.cell), lang)
        more = "…" if len(others) > _CELLS_NAMED else ""
        yield "  · " + say("cli.same_notes", lang, code=code.code, count=len(others), cells=cells + more)


def printable(name: str) -> str:
    """A sender's file name without what would move the cursor or turn the line round."""
    return "".join(sign if sign.isprintable() else f"\\x{ord(sign):02x}" for sign in name)


def status(standing: PeriodStatus, lang: Lang) -> Iterator[str]:
    """Expected, received, returned, missing and late, with names."""
    from workplan_xlsx.domain.editions.reported import Punctuality

    received = standing.units(Punctuality.ON_TIME, Punctuality.LATE)
    named = {
        "received": received,
        "returned": standing.units(Punctuality.RETURNED),
        "missing": standing.units(Punctuality.MISSING),
        "late": standing.units(Punctuality.LATE),
    }
    deadline = f"{standing.deadline.at:%Y-%m-%d %H:%M}"
    yield say("cli.status_head", lang, period=standing.period, deadline=deadline)
    yield say(
        "cli.status_counts",
        lang,
        expected=len(standing.records),
        received=len(received),
        **{key: len(units) for key, units in named.items() if key != "received"},
    )
    for key, units in named.items():
        if units:
            yield say(f"cli.status_{key}", lang, units=listed(units, lang))
    yield from dict.fromkeys(finding(each, lang) for _, each in standing.disagreements)


def figures(merged: Iterable[Figure], lang: Lang) -> list[str]:
    """The merged figures as a table."""
    head = tuple(say(f"cli.figures_{key}", lang) for key in ("target", "unit", "name", "value", "source"))
    return table([head, *(_figure_row(figure, lang) for figure in merged)])


def _figure_row(figure: Figure, lang: Lang) -> tuple[str, ...]:
    missing = say("edition.light_missing", lang)
    value = figure.status if figure.value is None else plain(figure.value) + figure.target.unit
    cells = (f"{printable(each.source.verdict.file)}!{each.cell}" for each in figure.read_from if each.source)
    where = " + ".join(cells)
    return figure.target.code, figure.unit, figure.target.name, value or missing, where


def publication(made: Publication, root: Path, lang: Lang) -> Iterator[str]:
    """Where the workbook lies, and the first sentence of what it says."""
    edition = made.edition
    key = "cli.report_same" if made.repeated else "cli.report_made"
    yield say(key, lang, path=made.path.relative_to(root).as_posix(), number=edition.number)
    counted = [each for each in edition.standings if each.reporting.counted is not None]
    yield say("cli.report_counts", lang, units=len(edition.standings), received=len(counted))
    yield from (f"  ！{warning}" for warning in (*edition.warnings, *made.remarks))


def explanation(code: str | None, lang: Lang) -> Iterator[str]:
    """What a finding code means, or the list of all."""
    if code is None:
        yield from table(
            [
                (each.code, say(f"cli.severity_{each.severity.value}", lang), _sentence(each, lang))
                for each in Code
            ]
        )
        return
    known = Code.of(code)
    if known is None:
        from workplan_xlsx.errors import UsageError

        raise UsageError(say("cli.no_such_code", lang, code=code))
    yield f"{known.code}  {say(f'cli.severity_{known.severity.value}', lang)}"
    yield _sentence(known, lang)


def _sentence(code: Code, lang: Lang) -> str:
    """The catalogue's sentence with its places left open, as {name}."""

    class Open(dict[str, str]):
        def __missing__(self, key: str) -> str:
            return f"{{{key}}}"

    return say(f"findings.{code.code}", lang).format_map(Open())


def trace(figure: Figure, forms: Iterable[Submission], lang: Lang) -> Iterator[str]:
    """Where a figure comes from, and every form of its unit."""
    yield from figures([figure], lang)
    yield from (f"  {told}" for told in then_told(figure, lang))
    for each in figure.read_from:
        if each.source is not None:
            yield f"  sha256 {each.source.verdict.sha256}"
    for form in forms:
        verdict = form.verdict
        outcome = say(f"cli.outcome_{verdict.outcome.value}", lang)
        yield f"  {form.received_at:%Y-%m-%d %H:%M}  {outcome}  {form.version}  {printable(verdict.file)}"


def demo(made: DemoMade, lang: Lang) -> Iterator[str]:
    """What the demo made, and where."""
    yield say("cli.demo_done", lang, folder=made.root)
    yield from table([(what, place) for what, place in made.places])
    yield say("cli.demo_next", lang, folder=made.root)


def health(found: Iterable[Health]) -> list[str]:
    """The doctor's findings, one a line."""
    return [f"{each.state} {each.what}  {each.told}" for each in found]


def noted(sentence: str) -> Iterator[str]:
    """What should be known beside it; nothing for ""."""
    if sentence:
        yield f"！{sentence}"
