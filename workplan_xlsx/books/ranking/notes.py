"""说明: the rules in force, and what a reader must know before using the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from workplan_xlsx.books.ranking import cells
from workplan_xlsx.books.ranking.contents import Column
from workplan_xlsx.books.ranking.paper import Paper
from workplan_xlsx.books.styles import LIGHT_LOOKS
from workplan_xlsx.domain.editions.office_changes import waiver_sentences

COLUMNS = (Column("number", 7, "count"), Column("matter", 16, "centred"), Column("note", 110))


def write_notes(paper: Paper, remarks: Sequence[str], digest: str) -> None:
    """Write the sheet; `remarks` are what the program has to say about this and earlier editions' files."""
    paper.head(paper.say("hint_notes"))
    lines = enumerate(_lines(paper, remarks, digest), start=1)
    rows = ((number, matter, note) for number, (matter, note) in lines)
    paper.list(COLUMNS, rows, frozen=0, nothing=paper.say("none"))
    paper.print_on_a4()


def _lines(paper: Paper, remarks: Sequence[str], digest: str) -> Iterator[tuple[str, str]]:
    edition = paper.edition
    deadline = f"{paper.local(edition.deadline):%Y-%m-%d %H:%M}"
    as_of = f"{paper.local(edition.as_of):%Y-%m-%d %H:%M}"
    yield paper.say("matter_period"), paper.say("note_period", deadline=deadline, as_of=as_of)
    yield from ((paper.say("matter_warning"), each) for each in (*edition.warnings, *_too_large(paper)))
    yield from ((paper.say("matter_rule"), each) for each in edition.rules)
    waivers = waiver_sentences(edition.waivers, paper.lang)
    yield from ((paper.say("matter_waiver"), each) for each in waivers)
    shapes = " ".join(cells.light_text(light, paper.lang, paper.edition.stand_ins) for light in LIGHT_LOOKS)
    yield paper.say("matter_rule"), paper.say("note_lights", shapes=shapes)
    yield paper.say("matter_rule"), paper.say("note_pace")
    yield paper.say("matter_rule"), paper.say("note_tied")
    yield from ((paper.say("matter_edition"), each) for each in _versions(paper, remarks, digest))
    for unit, finding in edition.findings:
        if finding.cell:
            told = paper.say(
                "finding_line", unit=unit, place=finding.place(), told=finding.message(paper.lang)
            )
            yield paper.say("matter_finding"), told


def _versions(paper: Paper, remarks: Sequence[str], digest: str) -> Iterator[str]:
    edition = paper.edition
    head = edition.ledger.head
    facts = {"number": edition.number, "digest": digest, "document": head.document_number}
    yield paper.say("note_edition", title=head.title, **facts)
    yield from remarks


def _too_large(paper: Paper) -> Iterator[str]:
    """What the workbook leaves out or splits because of its size."""
    targets = sum(len(task.ratings) for task in paper.edition.tasks)
    limits = paper.limits
    if targets > limits.most_tried:
        yield paper.say("large_what_if", count=targets, most=limits.most_tried)
    if len(paper.edition.standings) > limits.chart_units:
        yield paper.say("large_charts", count=limits.chart_units)
    if targets > limits.links:
        yield paper.say("large_links", count=limits.links)
    parts = max(len(paper.places.task_parts), len(paper.places.unit_parts))
    if parts > 1:
        yield paper.say("large_parts", count=limits.rows, parts=parts)
