"""`workplan demo`: the sample notice, three periods, returns that are wrong, late, missing, corrected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from workplan_xlsx import pipeline
from workplan_xlsx.demo import slips
from workplan_xlsx.demo.clerk import Slip, fill
from workplan_xlsx.demo.data import NOTICE
from workplan_xlsx.domain.period import Period, Rhythm
from workplan_xlsx.domain.submission import Outcome
from workplan_xlsx.errors import UsageError
from workplan_xlsx.steps.intake_told import Intake
from workplan_xlsx.steps.progress import Progress
from workplan_xlsx.steps.workspace import Office, open_office
from workplan_xlsx.words import Lang, say

_ZONE = ZoneInfo("Asia/Shanghai")
_YEAR = 2023


@dataclass(frozen=True, slots=True)
class Month:
    """One period of the demo: who sends what, and when.

    Attributes:
        slips: By place in the roster (1 is the first unit) what goes wrong in its first form.
        late, missing: Places whose form comes two workdays late, or not at all.
        again: Places that send a corrected form after the first was accepted.
    """

    period: Period
    share: float
    slips: dict[int, Slip]
    late: tuple[int, ...] = ()
    missing: tuple[int, ...] = ()
    again: tuple[int, ...] = ()


MONTHS = (
    Month(
        Period.parse("2023-06"),
        0.46,
        {3: slips.text_in_number, 6: slips.left_blank, 10: slips.other_period, 21: slips.full_width},
        late=(18,),
        missing=(30,),
        again=(2,),
    ),
    Month(
        Period.parse("2023-07"),
        0.55,
        {9: slips.foreign_row, 23: slips.text_in_number},
        late=(5, 22),
        again=(7,),
    ),
    Month(Period.parse("2023-08"), 0.68, {6: slips.left_blank}, missing=(33,), late=(18,)),
)


@dataclass(frozen=True, slots=True)
class DemoMade:
    """What the demo made: (what, where) pairs, ready to be told."""

    root: Path
    places: tuple[tuple[str, str], ...]


def run_demo(root: Path, lang: Lang, progress: Progress) -> DemoMade:
    """Run the whole cycle in an empty folder.

    Raises:
        UsageError: The folder is not empty.
    """
    if root.exists() and any(root.iterdir()):
        raise UsageError(say("cli.demo_exists", lang, folder=root))
    founded_at = datetime(2023, 5, 24, 9, 0, tzinfo=_ZONE)
    pipeline.found(NOTICE, root, year=_YEAR, rhythm=Rhythm.MONTHLY, now=founded_at, lang=lang)
    places = [(say("cli.demo_ledger", lang), _below(root / "ledger.xlsx", root))]
    for number, month in enumerate(MONTHS, start=1):
        places += _month(root, month, lang, progress)
        progress("demo", number, len(MONTHS))
    return DemoMade(root=root, places=tuple(places))


def _month(root: Path, month: Month, lang: Lang, progress: Progress) -> list[tuple[str, str]]:
    period = month.period
    with open_office(root, now=_at(period, 1, 9), lang=lang) as office:
        forms = pipeline.send_forms(office, period, progress=progress)
        folder = _below(office.folders.templates(period), root)
        sent = dict(enumerate(forms.paths, start=1))
    places = [(say("cli.demo_forms", lang, period=period, count=len(forms.paths)), folder)]
    returned = _returns(root, month, sent, lang, progress)
    if returned:
        what = say("cli.demo_returned", lang, period=period, count=returned)
        places.append((what, _below(root / "outbox" / str(period), root)))
    with open_office(root, now=_after(period), lang=lang) as office:
        made = pipeline.publish(office, period)
    return [*places, (say("cli.demo_ranking", lang, period=period), _below(made.path, root))]


def _returns(root: Path, month: Month, sent: dict[int, Path], lang: Lang, progress: Progress) -> int:
    """Three rounds through the inbox: in time, corrections, the late ones. Return how many went back."""
    inbox, period = root / "inbox", month.period
    prompt = [place for place in sent if place not in month.late + month.missing]
    _send(inbox, month, sent, prompt, first=True)
    _litter(inbox, sent[prompt[0]], period)
    first = _take(root, _at(period, 26, 10), lang, progress)
    _send(inbox, month, sent, [*month.slips, *month.again], first=False)
    _take(root, _at(period, 28, 15), lang, progress)
    _send(inbox, month, sent, month.late, first=True)
    _take(root, _late(root, period, lang), lang, progress)
    return first.count(Outcome.RETURNED)


def _send(inbox: Path, month: Month, sent: dict[int, Path], places: Iterable[int], *, first: bool) -> None:
    """Fill forms and drop them into the inbox, under the names that people give them."""
    for place in places:
        form = sent[place]
        unit = form.name.split("_")[1]
        name = f"{unit}{month.period.index}月填报表.xlsx" if first else f"{unit}（更正）最终版(2).xlsx"
        slip = month.slips.get(place) if first else None
        share = month.share if first else month.share + 0.01
        month_told = f"{month.period.index}月"
        fill(form, inbox / name, month=month_told, share=share, seed=f"{place}", slip=slip)


def _litter(inbox: Path, form: Path, period: Period) -> None:
    """What else lies in every inbox: a lock file, an empty file, a text with the wrong name, a repetition."""
    (inbox / f"~${form.name}").write_bytes(b"\x05user" + b" " * 160)
    if period.index == 6:
        (inbox / "新建 Microsoft Excel 工作表.xlsx").write_bytes(b"")
        (inbox / "说明.xlsx").write_text("请查收本月报表", encoding="utf-8")
    repeated = next(path for path in sorted(inbox.iterdir()) if path.suffix == ".xlsx" and "月" in path.name)
    (inbox / f"副本 {repeated.name}").write_bytes(repeated.read_bytes())


def _take(root: Path, now: datetime, lang: Lang, progress: Progress) -> Intake:
    with open_office(root, now=now, lang=lang) as office:
        return pipeline.take_in(office, settle_seconds=0, jobs=2, progress=progress)


def _at(period: Period, day: int, hour: int) -> datetime:
    return datetime.combine(period.starts_on.replace(day=day), datetime.min.time(), _ZONE).replace(hour=hour)


def _late(root: Path, period: Period, lang: Lang) -> datetime:
    """The morning of the second workday after the deadline."""
    with open_office(root, now=_at(period, 28, 18), lang=lang) as office:
        return _workdays_after_deadline(office, period, 2, 10)


def _after(period: Period) -> datetime:
    """The report is made some days into the next month."""
    following = period.following()
    assert following is not None
    return _at(following, 5, 9)


def _workdays_after_deadline(office: Office, period: Period, number: int, hour: int) -> datetime:
    from datetime import timedelta

    day = office.deadline(period).at.date()
    for _ in range(number):
        day = office.workdays.next_workday(day + timedelta(days=1))
    return datetime.combine(day, datetime.min.time(), _ZONE).replace(hour=hour)


def _below(path: Path, root: Path) -> str:
    return path.relative_to(root.parent).as_posix()
