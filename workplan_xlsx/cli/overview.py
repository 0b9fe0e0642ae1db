"""What `status` tells beside the returns: what comes next, what failed, who works; as lines and as data."""

from __future__ import annotations

from collections.abc import Iterator

from workplan_xlsx.cli import lines, telling
from workplan_xlsx.domain.overview import AtWork, Overview, Trouble
from workplan_xlsx.pages.status import mail_words
from workplan_xlsx.steps.standing import PeriodStatus
from workplan_xlsx.words import Lang, say


def status_lines(view: Overview, status: PeriodStatus | None, lang: Lang) -> Iterator[str]:
    """Yield the period's returns, then the next rounds, failures, warnings, letters, and who is at work."""
    if status is None:
        yield say("service.nothing_issued", lang)
    else:
        yield from lines.status(status, lang)
    yield from _part("coming", list(_coming(view, lang)), lang)
    yield from _part("troubles", [_trouble(each, lang) for each in view.troubles], lang)
    missed = [say("cli.status_lapsed", lang, what=what, why=why) for what, why in view.lapsed]
    yield from _part("lapsed", missed, lang)
    yield from _part("warnings", [f"  ！{each}" for each in view.warnings], lang)
    if view.mail:
        yield say("page.mail", lang, counts=mail_words(view.mail, lang))
    yield from _at_work(view, lang)


def _part(key: str, told: list[str], lang: Lang) -> Iterator[str]:
    if told:
        yield say(f"page.{key}", lang) + say("page.colon", lang).rstrip()
        yield from told


def _coming(view: Overview, lang: Lang) -> Iterator[str]:
    for each in view.coming:
        kind = say(f"service.round_{each.kind.value}", lang)
        yield say("cli.status_round", lang, at=f"{each.due_at:%Y-%m-%d %H:%M}", kind=kind, period=each.period)


def _trouble(each: Trouble, lang: Lang) -> str:
    since = say("page.since", lang, since=f"{each.since:%m-%d %H:%M}", attempts=each.attempts)
    then = say("page.needs_you", lang)
    if each.retry_at is not None:
        then = say("page.again", lang, at=f"{each.retry_at:%m-%d %H:%M}")
    return say("cli.status_trouble", lang, what=each.what, why=each.why, since=since, then=then)


def _at_work(view: Overview, lang: Lang) -> Iterator[str]:
    if view.service is None:
        yield say("cli.status_no_service", lang)
    else:
        yield say("cli.status_service", lang, **_holder(view.service))
    if view.command is not None:
        yield say("cli.status_command", lang, **_holder(view.command))


def _holder(at_work: AtWork) -> dict[str, str]:
    return {
        "host": at_work.host,
        "pid": at_work.pid,
        "since": at_work.since,
        "command": at_work.command,
    }


def status_json(view: Overview, status: PeriodStatus | None, lang: Lang) -> telling.Json:
    """Return what `status --json` prints; `period` is null before the first forms went out."""
    returns: telling.Json = {"period": None} if status is None else telling.status_json(status, lang)
    return returns | {
        "coming": [
            {"round": each.name, "period": str(each.period), "due_at": each.due_at.isoformat()}
            for each in view.coming
        ],
        "troubles": [
            {
                "what": each.what,
                "why": each.why,
                "since": each.since.isoformat(),
                "attempts": each.attempts,
                "retry_at": each.retry_at.isoformat() if each.retry_at else None,
            }
            for each in view.troubles
        ],
        "lapsed": [{"what": what, "why": why} for what, why in view.lapsed],
        "warnings": list(view.warnings),
        "mail": dict(view.mail),
        "service": _holder(view.service) if view.service else None,
        "command": _holder(view.command) if view.command else None,
    }
