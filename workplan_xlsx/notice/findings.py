"""What the coordinator should know about a reading: numbers left out, items without owners, groups."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from workplan_xlsx.domain.drafting import is_group
from workplan_xlsx.domain.findings import Code, Finding, found
from workplan_xlsx.domain.notice import NoticeTask
from workplan_xlsx.notice.documents.left_out import quoted
from workplan_xlsx.notice.notes import changing_notes
from workplan_xlsx.notice.outline.tasks import Outline
from workplan_xlsx.notice.owners.reading import Owners, names_owners, read_owners
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_MOST_NAMED = 12


def findings_on(
    outline: Outline, tasks: Sequence[NoticeTask], owners: Sequence[Owners], lang: Lang
) -> Iterator[Finding]:
    """Yield the findings on a reading. `owners`: who each of the tasks names."""
    if outline.others:
        yield _other_outline(outline, lang)
    if outline.is_counted:
        yield found(Code.NOTICE_COUNTED, count=len(tasks))
    yield from _not_taken(outline, lang)
    for before, after, _ in outline.gaps:
        if before == after:
            yield found(Code.NOTICE_NUMBER_TWICE, number=after)
        else:
            yield found(Code.NOTICE_NUMBER_SKIPPED, before=before, after=after)
    unowned = [task for task in tasks if not task.lead_units]
    if unowned:
        yield found(Code.NOTICE_ITEM_WITHOUT_OWNER, tasks=_names(unowned, lang))
    noted = [task for task in tasks if changing_notes(task.text)]
    if noted:
        yield found(Code.NOTICE_NOTE_CHANGES, tasks=_names(noted, lang))
    apart = [task for task, each in zip(tasks, owners, strict=True) if each.apart]
    if apart:
        yield found(Code.NOTICE_OWNERS_APART, tasks=_names(apart, lang))
    jointly = sum(each.jointly for each in owners)
    if jointly:
        yield found(Code.NOTICE_OWNERS_JOINT, count=jointly)
    names = list(dict.fromkeys(name for task in tasks for name in (*task.lead_units, *task.support_units)))
    leads = {name for task in tasks for name in task.lead_units}
    for name in names:
        if is_group(name) and name in leads:
            yield found(Code.NOTICE_GROUP_OF_UNITS, name=name)
    for one, other in same_bodies([name for name in names if not is_group(name) and not name.isascii()]):
        yield found(Code.NOTICE_SAME_BODY, one=one, other=other)


def _not_taken(outline: Outline, lang: Lang) -> Iterator[Finding]:
    """Rows and paragraphs that name units and became no task."""
    if outline.unread:
        rows = _shown(outline.unread, lang)
        yield found(Code.NOTICE_ROW_WITHOUT_TASK, count=len(outline.unread), rows=rows)
    if outline.unused:
        yield found(Code.NOTICE_COLUMN_UNUSED, columns=_shown(outline.unused, lang))
    owned = [] if outline.others else [each for each in outline.outside if _is_owned(each)]
    if owned:
        yield found(Code.NOTICE_OUTSIDE_OWNED, count=len(owned), texts=_shown(owned, lang))


def _is_owned(paragraph: str) -> bool:
    """Whether it has words of its own and names who does it; a rule about all items names nobody."""
    return names_owners(paragraph) and bool("".join(read_owners([paragraph]).rest).strip())


def _shown(texts: Sequence[str], lang: Lang) -> str:
    more = "……" if len(texts) > _MOST_NAMED else ""
    return listed(quoted(texts[:_MOST_NAMED]), lang) + more


def _other_outline(outline: Outline, lang: Lang) -> Finding:
    taken, other = ("taken_tables", "taken_text") if outline.is_table else ("taken_text", "taken_tables")
    return found(
        Code.NOTICE_OTHER_OUTLINE,
        taken=say(f"notice.{taken}", lang),
        other=say(f"notice.{other}", lang),
        count=len(outline.items),
        others=outline.others,
    )


def _names(tasks: Sequence[NoticeTask], lang: Lang) -> str:
    more = "……" if len(tasks) > _MOST_NAMED else ""
    return listed([_name(task) for task in tasks[:_MOST_NAMED]], lang) + more


def _name(task: NoticeTask) -> str:
    return f"{task.section_ordinal}/{task.number}" if task.section_ordinal else task.number


def same_bodies(names: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield (short, full) where a name may be another one's short form, and only that one's.

    A short form has the full name's signs in its order, begins and ends alike: 区工信局, 区工业和信息化局.
    """
    pairs = [pair for one, other in combinations(names, 2) if (pair := _short_and_full(one, other))]
    for short, full in pairs:
        if sum(short == other for other, _ in pairs) == 1:
            yield short, full


def _short_and_full(one: str, other: str) -> tuple[str, str] | None:
    short, full = sorted((one, other), key=len)
    if len(short) == len(full) or len(short) < 3 or short[0] != full[0] or short[-1] != full[-1]:
        return None
    signs = iter(full)
    return (short, full) if all(sign in signs for sign in short) else None
