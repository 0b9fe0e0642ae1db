"""outbox/状态.html: who has sent, what was returned and why, lights, next dates; one file, no script."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import datetime
from html import escape

from workplan_xlsx.domain.editions.explaining import light_words
from workplan_xlsx.domain.editions.light import State, ink_on, own_fill
from workplan_xlsx.domain.editions.reported import Punctuality
from workplan_xlsx.domain.overview import Overview, PeriodState, Trouble, UnitState
from workplan_xlsx.domain.rounds import Round
from workplan_xlsx.domain.traffic_light import TrafficLight
from workplan_xlsx.pages.style import STYLE
from workplan_xlsx.words import Lang, say

_REASONS_SHOWN = 3
_NOTHING = "—"
_NOTHING_FROM_OUTSIDE = "default-src 'none'; style-src 'unsafe-inline'"
_STATE = {
    Punctuality.ON_TIME: ("good", "√"),
    Punctuality.LATE: ("slow", "▲"),
    Punctuality.RETURNED: ("bad", "×"),
    Punctuality.MISSING: ("none", "□"),
}
_LIGHT = {
    TrafficLight.RED: ("bad", "■"),
    TrafficLight.AMBER: ("slow", "▲"),
    TrafficLight.GREEN: ("good", "●"),
    TrafficLight.DONE: ("good", "√"),
}
_URGENT_FIRST = (Punctuality.RETURNED, Punctuality.MISSING, Punctuality.LATE, Punctuality.ON_TIME)
_WORST_FIRST = tuple(_LIGHT)


def status_page(view: Overview, lang: Lang) -> str:
    """Return the page; the same view gives the same text."""
    body = "\n".join(_body(view, lang))
    title = escape(f"{view.title} · {say('page.title', lang)}")
    parts = (
        "<!DOCTYPE html>",
        f'<html lang="{"zh-CN" if lang == "zh" else "en"}">',
        '<head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{_NOTHING_FROM_OUTSIDE}">',
        f'<meta name="workplan" content="{_stamp(body, view.at)}">',
        f"<title>{title}</title>",
        f"<style>{STYLE}</style></head>",
        f"<body>\n{_made(view.at, lang)}\n{body}\n{_foot(lang)}\n</body>\n</html>\n",
    )
    return "\n".join(parts)


def _stamp(body: str, at: datetime) -> str:
    return f"{hashlib.sha256(body.encode()).hexdigest()[:16]} {at.isoformat(timespec='seconds')}"


def says_the_same(before: str, after: str) -> datetime | None:
    """Return when `before` was made if both pages say the same but for that; None if they differ."""
    old, new = _stamped(before), _stamped(after)
    if old is None or new is None or old[0] != new[0]:
        return None
    return old[1]


def _stamped(page: str) -> tuple[str, datetime] | None:
    _, found, rest = page[:2000].partition('<meta name="workplan" content="')
    digest, _, moment = rest.partition('"')[0].partition(" ")
    try:
        return (digest, datetime.fromisoformat(moment)) if found else None
    except ValueError:
        return None


def _body(view: Overview, lang: Lang) -> Iterator[str]:
    yield f"<header><h1>{escape(view.title)}</h1>"
    if view.period is None:
        yield f"<p>{say('service.nothing_issued', lang)}</p></header>"
    else:
        yield f"<p>{_period_line(view.period, view.at, lang)}</p></header>"
        yield _tiles(view.period, lang)
    yield from _alarms(view, lang)
    if view.period is not None:
        yield from _units(view.period, lang)
    yield from _coming(view.coming, lang)
    yield from _lapsed(view, lang)
    yield from _running(view, lang)


def _period_line(state: PeriodState, at: datetime, lang: Lang) -> str:
    period = state.period.words_zh if lang == "zh" else str(state.period)
    moved = say("page.moved", lang) if state.deadline_moved else ""
    over = say("page.over", lang) if at > state.deadline else ""
    facts = {"period": period, "deadline": _when(state.deadline, lang), "moved": moved, "over": over}
    return escape(say("page.period", lang, **facts))


def _tiles(state: PeriodState, lang: Lang) -> str:
    received = state.named(Punctuality.ON_TIME, Punctuality.LATE)
    counts = (
        ("expected", len(state.units), "none"),
        ("received", len(received), "good"),
        ("late", len(state.named(Punctuality.LATE)), "slow"),
        ("returned", len(state.named(Punctuality.RETURNED)), "bad"),
        ("missing", len(state.named(Punctuality.MISSING)), "none"),
    )
    tiles = "".join(_tile(say(f"page.{key}", lang), number, colour) for key, number, colour in counts)
    return f'<ul class="tiles">{tiles}</ul>'


def _tile(word: str, number: int, colour: str) -> str:
    """A count; none at all alarms nobody."""
    return f'<li class="{colour if number else "none"}"><b>{number}</b><span>{word}</span></li>'


def _alarms(view: Overview, lang: Lang) -> Iterator[str]:
    if view.troubles:
        yield f'<section class="alarm"><h2>× {say("page.troubles", lang)}</h2><ul>'
        yield from (f"<li>{_trouble(each, lang)}</li>" for each in view.troubles)
        yield "</ul></section>"
    if view.warnings:
        yield f'<section class="warning"><h2>！{say("page.warnings", lang)}</h2><ul>'
        yield from (f"<li>{escape(each)}</li>" for each in view.warnings)
        yield "</ul></section>"


def _trouble(each: Trouble, lang: Lang) -> str:
    if each.retry_at is None:
        then = say("page.needs_you", lang)
    else:
        then = say("page.again", lang, at=f"{each.retry_at:%m-%d %H:%M}")
    since = f"{each.since:%m-%d %H:%M}"
    return (
        f"<b>{escape(each.what)}</b>{say('page.colon', lang)}{escape(each.why)}"
        f"<br><small>{say('page.since', lang, since=since, attempts=each.attempts)}{then}</small>"
    )


def _units(state: PeriodState, lang: Lang) -> Iterator[str]:
    edition = say("page.no_edition", lang)
    if state.edition and state.edition_as_of is not None:
        at = f"{state.edition_as_of:%m-%d %H:%M}"
        edition = say(
            "page.edition",
            lang,
            period=state.edition_period,
            number=state.edition,
            at=at,
            file=state.edition_file,
        )
    keys = ("unit", "state", "received_at", "times_returned", "lights")
    heads = "".join(f"<th scope=col>{say(f'page.{key}', lang)}</th>" for key in keys)
    yield f"<section><h2>{say('page.units', lang)}</h2><p>{escape(edition)}</p>"
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for unit in sorted(state.units, key=lambda each: _URGENT_FIRST.index(each.state)):
        yield _unit_row(unit, state.stand_ins, lang)
    yield "</tbody></table></section>"


def _unit_row(unit: UnitState, stand_ins: tuple[State, ...], lang: Lang) -> str:
    colour, mark = _STATE[unit.state]
    late = say("page.late_days", lang, days=unit.late_workdays) if unit.late_workdays else ""
    word = say(f"page.state_{unit.state.name.lower()}", lang)
    state = f'<span class="mark {colour}">{mark} {word}{late}</span>{_reasons(unit, lang)}'
    received = f"{unit.received_at:%m-%d %H:%M}" if unit.received_at else _NOTHING
    if unit.version > 1:
        received += f"<small> {say('page.version', lang, version=unit.version)}</small>"
    cells = (
        ("state", state),
        ("received_at", received),
        ("times_returned", str(unit.times_returned or _NOTHING)),
        ("lights", _lights(unit, stand_ins, lang)),
    )
    row = "".join(_cell(key, cell, lang) for key, cell in cells)
    return f"<tr><th scope=row>{escape(unit.unit)}</th>{row}</tr>"


def _cell(key: str, content: str, lang: Lang) -> str:
    """A cell of the table; on a telephone it is a line of its own, and one without content is not shown."""
    kind = f"{key} empty" if content == _NOTHING else key
    return f'<td class="{kind}" data-label="{say(f"page.{key}", lang)}">{content}</td>'


def _reasons(unit: UnitState, lang: Lang) -> str:
    if not unit.why_returned:
        return ""
    shown = "".join(f"<li>{escape(why)}</li>" for why in unit.why_returned[:_REASONS_SHOWN])
    rest = len(unit.why_returned) - _REASONS_SHOWN
    more = f"<li>{say('page.more', lang, count=rest)}</li>" if rest > 0 else ""
    return f"<ol>{shown}{more}</ol>"


def _lights(unit: UnitState, stand_ins: tuple[State, ...], lang: Lang) -> str:
    """How many tasks have which light, in the place's own words and colours where it has them."""
    marks = []
    for told, count in sorted(unit.lights, key=lambda each: _place(TrafficLight(each[0]))):
        light = TrafficLight(told)
        colour, mark = _LIGHT.get(light, ("none", "□"))
        word = escape(light_words(light, lang, stand_ins))
        own = _own_colour(light, stand_ins)
        marks.append(f'<span class="mark {colour}"{own}>{mark} {word} {count}</span>')
    return " ".join(marks) or _NOTHING


def _own_colour(light: TrafficLight, stand_ins: tuple[State, ...]) -> str:
    fill = own_fill(light, stand_ins)
    return f' style="background:{fill};color:{ink_on(fill)}"' if fill else ""


def _place(light: TrafficLight) -> int:
    """The worst light stands first."""
    return _WORST_FIRST.index(light) if light in _WORST_FIRST else len(_WORST_FIRST)


def _coming(rounds: tuple[Round, ...], lang: Lang) -> Iterator[str]:
    if not rounds:
        return
    yield f"<section><h2>{say('page.coming', lang)}</h2><ul class=plain>"
    for each in rounds:
        kind = say(f"service.round_{each.kind.value}", lang)
        yield f"<li><b>{escape(_when(each.due_at, lang))}</b> {kind} {each.period}</li>"
    yield "</ul></section>"


def _lapsed(view: Overview, lang: Lang) -> Iterator[str]:
    if not view.lapsed:
        return
    yield f"<section><h2>{say('page.lapsed', lang)}</h2><ul class=plain>"
    yield from (f"<li><b>{escape(what)}</b> {escape(why)}</li>" for what, why in view.lapsed)
    yield "</ul></section>"


def _made(at: datetime, lang: Lang) -> str:
    return f"<p class=made>{say('page.made', lang, at=f'{at:%Y-%m-%d %H:%M}')}</p>"


def _running(view: Overview, lang: Lang) -> Iterator[str]:
    """The letters on their way, and on which machine the service runs."""
    told = [say("page.mail", lang, counts=mail_words(view.mail, lang))] if view.mail else []
    if view.service is not None:
        told.append(say("page.service", lang, host=view.service.host, since=view.service.since))
    if told:
        yield f"<section><h2>{say('page.running', lang)}</h2><ul class=plain>"
        yield from (f"<li>{escape(each)}</li>" for each in told)
        yield "</ul></section>"


def mail_words(mail: tuple[tuple[str, int], ...], lang: Lang) -> str:
    """How many letters stand in each state, in words."""
    counts = (say(f"page.mail_{state}", lang, count=count) for state, count in mail)
    return say("page.comma", lang).join(counts)


def _foot(lang: Lang) -> str:
    return f"<footer>{say('page.foot', lang)}</footer>"


def _when(at: datetime, lang: Lang) -> str:
    if lang == "zh":
        return f"{at.month}月{at.day}日（周{'一二三四五六日'[at.weekday()]}）{at:%H:%M}"
    return f"{at:%a %Y-%m-%d %H:%M}"
