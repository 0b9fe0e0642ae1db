"""The covering note of a form: a short text, ready to be pasted into a chat or a mail."""

from __future__ import annotations

from pathlib import Path

from workplan_xlsx.books.form.plan import FormPlan
from workplan_xlsx.books.form.wording import deadline_words, period_words
from workplan_xlsx.books.whole_file import write_text_whole
from workplan_xlsx.words import Lang, say

_MOST_CHANGES = 5


def covering_note(form: FormPlan, file: str, lang: Lang) -> str:
    """Return the note: what is attached, by when, how to send it back, what changed, whom to ask."""
    parts = [
        say(
            "form.note",
            lang,
            unit=form.unit,
            plan=form.head.title,
            period=period_words(form.period, lang),
            deadline=deadline_words(form.deadline, lang),
            tasks=len(form.tasks),
            rows=len(form.rows),
            reports=sum(row.reports for row in form.rows),
            file=file,
        )
    ]
    if form.changes:
        parts.append(say("form.note_changes", lang, changes=_some(form.changes, lang)))
    if any(problem.is_open for problem in form.problems):
        count = sum(problem.is_open for problem in form.problems)
        parts.append(say("form.note_problems", lang, count=count))
    contact = f"{form.office.contact} {form.office.phone}".strip()
    if contact:
        parts.append(say("form.note_contact", lang, contact=contact))
    return "\n".join([*parts, form.office.name or form.head.issuer]) + "\n"


def _some(changes: tuple[str, ...], lang: Lang) -> str:
    told = "\n".join(f"· {change}" for change in changes[:_MOST_CHANGES])
    more = len(changes) - _MOST_CHANGES
    return told + ("\n" + say("form.note_more", lang, count=more) if more > 0 else "")


def note_path(form: Path, lang: Lang) -> Path:
    """Where the note of a form lies: in a folder of its own beside it, under the form's name."""
    return form.parent / say("form.note_folder", lang) / f"{form.stem}.txt"


def write_covering_note(form: FormPlan, path: Path, lang: Lang, *, flush: bool = True) -> None:
    """Write the note of the form that lies at `path`; `flush` as `whole_file`.

    Raises:
        OutputError: It cannot be put in place.
    """
    write_text_whole(note_path(path, lang), covering_note(form, path.name, lang), lang, flush=flush)
