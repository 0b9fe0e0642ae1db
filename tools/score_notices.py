"""Score the reader of notices against labelled truth: a line per document and form, then the totals.

    make score-notices                 the texts, the PDFs, and .docx files made from the texts
    python tools/score_notices.py -v   also every difference

What is compared (white space and the width of punctuation ignored):
    head      title, document number, issuer, date of issue, as far as the label knows them for sure
    sections  (ordinal, title), items (section, number), titles: found / labelled, and what is too much
    owners    (item, unit, role) triples, role being lead or support
    targets   recall, precision, and exactness (value, unit and operator) of those found; 达到 is >= or =
    others    numbers of non_targets.json that came out as a target (must be none)
Only figures with a value count as targets here: the labels of relative ones (不低于GDP增速) have none.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from workplan_xlsx.errors import NoticeError
from workplan_xlsx.notice.reading import read_notice
from workplan_xlsx.notice.telling import notice_json

NOTICES = Path(__file__).resolve().parents[2] / "shared" / "notices"
BARS = {
    "head": 98,
    "sections": 100,
    "items": 100,
    "titles": 100,
    "owners": 99,
    "recall": 98,
    "precision": 98,
    "exact": 98,
}
# One sample is printed in traditional characters, its label in simplified ones; both are right.
_SIMPLIFIED = str.maketrans(
    "行審門辦數據監單縣區發應為務團農術學體業設電經報後歷檢編關會場機",
    "行审门办数据监单县区发应为务团农术学体业设电经报后历检编关会场机",
)
Row = dict[str, Any]


@dataclass
class Score:
    """Counts of one document, or of all: found of labelled, and what was found beyond."""

    right: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    told: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Take another document's counts in."""
        self.right += other.right
        self.labelled += other.labelled
        self.found += other.found

    def compare(self, what: str, labelled: Iterable[Any], found: Iterable[Any]) -> None:
        """Count two multisets against each other and keep the differences."""
        wanted, got = Counter(labelled), Counter(found)
        self.right[what] += (wanted & got).total()
        self.labelled[what] += wanted.total()
        self.found[what] += got.total()
        self.told += [f"{what}: missing {each}" for each in wanted - got]
        self.told += [f"{what}: too much {each}" for each in got - wanted]

    def pct(self, what: str) -> Decimal | None:
        """Right ones in percent of labelled or found, whichever is more; None where nothing is labelled."""
        total = max(self.labelled[what], self.found[what])
        return Decimal(100 * self.right[what]) / total if total else None

    def shares(self) -> dict[str, Decimal | None]:
        """The figures that have a bar."""
        part = {
            "recall": (self.right["targets"], self.labelled["targets"]),
            "precision": (self.right["targets"], self.found["targets"]),
            "exact": (self.right["exact"], self.right["targets"]),
        }
        shares = {name: self.pct(name) for name in ("head", "sections", "items", "titles", "owners")}
        return shares | {name: Decimal(100 * n) / of if of else None for name, (n, of) in part.items()}


def bare(text: object) -> str:
    """The text without white space, half-width, so that labels and readings can be compared."""
    flat = unicodedata.normalize("NFKC", str(text or "")).translate(_SIMPLIFIED)
    return "".join(flat.split()).replace("“", '"').replace("”", '"')


def key(task: Mapping[str, Any]) -> tuple[str, str, str]:
    """What names a task: chapter and number (and which of several rows under one number)."""
    return bare(task["section_ordinal"]), bare(task["number"]), str(task.get("para") or "")


def keyed(tasks: Iterable[Row], labelled: Iterable[Row]) -> dict[tuple[str, str, str], Row]:
    """Tasks by key; rows that share a number get their place among them where the labels count them too."""
    counted = {key(task)[:2] for task in labelled if task.get("para")}
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for task in tasks:
        section, number, _ = key(task)
        seen[section, number] += 1
        count = seen[section, number]
        row = str(count) if (section, number) in counted else str(count) if count > 1 else ""
        found[section, number, row] = task
    return found


def score(truth: Row, read: Row, non_targets: Iterable[Row]) -> Score:
    """Compare one reading with its truth."""
    result = Score()
    wanted = {key(task): task for task in truth["tasks"]}
    got = keyed(read["tasks"], truth["tasks"])
    sections = ([(bare(s["ordinal"]), bare(s["title"])) for s in side["sections"]] for side in (truth, read))
    result.compare("sections", *sections)
    result.compare("head", head(truth), [each for each in head(read) if each[0] in dict(head(truth))])
    result.compare("items", list(wanted), list(got))
    result.compare("titles", *([(k, bare(t["title"])) for k, t in side.items()] for side in (wanted, got)))
    result.compare("owners", *(list(triples(side)) for side in (wanted, got)))
    for place, task in wanted.items():
        if task.get("targets") is not None and place in got:
            score_targets(result, place, task["targets"], got[place]["targets"])
    wrong = [each for each in non_targets if is_target(read, each)]
    result.right["others"] += len(wrong)
    result.told += [f"not a target: {each}" for each in wrong]
    return result


def head(document: Row) -> list[tuple[str, str]]:
    """Title, document number, issuer and date, as far as they are known for sure."""
    dated = re.match(r"(\d+)年(\d+)月(\d+)日", str(document.get("date") or ""))
    told = {
        "title": document.get("title"),
        "number": document.get("document_number") or document.get("doc_number"),
        "issuer": document.get("issuer"),
        "date": date(*map(int, dated.groups())).isoformat() if dated else document.get("issued_on"),
    }
    return [(name, bare(value)) for name, value in told.items() if value and "未" not in str(value)]


def triples(tasks: Mapping[Any, Row]) -> Iterator[tuple[Any, str, str]]:
    """(item, unit, role)."""
    for place, task in tasks.items():
        for role in ("lead_units", "support_units"):
            yield from ((place, bare(unit), role) for unit in task[role])


def score_targets(result: Score, place: object, labelled: list[Row], found: list[Row]) -> None:
    """Pair labelled and found targets of one item by their words, then by value and unit."""
    wanted = [each for each in labelled if each["kind"] == "target" and each["value"] is not None]
    got = [each for each in found if each["kind"] == "target" and each["value"] is not None]
    result.labelled["targets"] += len(wanted)
    result.found["targets"] += len(got)
    for each in wanted:
        match = next((other for other in got if same_words(each, other)), None)
        if match is None:
            result.told.append(f"target {place}: missing {each['text']} ({each.get('context')})")
            continue
        got.remove(match)
        result.right["targets"] += 1
        if exactly(each, match):
            result.right["exact"] += 1
        else:
            result.told.append(f"target {place}: {each['text']} read as {match}")
    result.told += [f"target {place}: too much {other['text']} in {other['context']}" for other in got]


def same_words(labelled: Row, found: Row) -> bool:
    """Whether the two stand at the same words of the text."""
    one, other = bare(labelled["text"]), bare(found["text"])
    context, around = bare(labelled.get("context")), bare(found["context"])
    return (one in other or other in one) and (
        context in around or around in context or overlap(context, around)
    )


def overlap(one: str, other: str) -> bool:
    """Whether the two contexts share a stretch of six signs."""
    return any(one[at : at + 6] in other for at in range(max(len(one) - 5, 0)))


def exactly(labelled: Row, found: Row) -> bool:
    """Value, upper end, unit and operator; 达到 may be >= or =, a range is one in either spelling."""
    operators = {labelled["op"]}
    if "达到" in labelled["text"] or "达" in labelled["text"]:
        operators |= {">=", "="}
    if labelled.get("value_max") is not None:
        operators |= {"range"}
    value, top = found["value"], found["value_max"]
    wanted_top = labelled.get("value_max")
    return (
        Decimal(str(value)) == Decimal(str(labelled["value"]))
        and (top is None) == (wanted_top is None)
        and (top is None or Decimal(str(top)) == Decimal(str(wanted_top)))
        and bare(found["unit"]) == bare(labelled["unit"])
        and found["op"] in operators
    )


def is_target(read: Row, number: Row) -> bool:
    """Whether the number at this place of the text came out as a target."""
    around = bare(number["around"])
    for task in read["tasks"]:
        if bare(task["number"]) != bare(number["task"]):
            continue
        for each in task["targets"]:
            context = bare(each["context"])
            shared = any(around[at : at + 8] in context for at in range(max(len(around) - 7, 0)))
            stands = bare(number["number"]) == bare(each["value"]) and shared
            if each["kind"] == "target" and stands:
                return True
    return False


def as_docx(text: Path, folder: Path) -> Path:
    """A .docx with the text's lines as paragraphs."""
    from docx import Document

    document = Document()
    for line in text.read_text(encoding="utf-8-sig").splitlines():
        document.add_paragraph("".join(sign for sign in line if sign >= " " or sign == "\t"))
    made = folder / f"{text.name}.docx"
    document.save(str(made))
    return made


def forms_of(truth: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """The document's forms: its text, the text as .docx, the .pdf where there is one."""
    place = NOTICES / "layouts" if truth.parent.name == "layouts" else NOTICES
    texts = [path for path in sorted(place.glob(f"{truth.stem}.*")) if path.suffix in (".txt", ".md")]
    for text in texts:
        yield "text", text
        yield "docx", as_docx(text, folder)
    yield from (("pdf", path) for path in sorted(place.glob(f"{truth.stem}.pdf")))


def score_all(*, verbose: bool) -> dict[str, Score]:
    """Score every document in every form; prints a line each. Returns the totals by form."""
    non_targets = json.loads((NOTICES / "truth" / "non_targets.json").read_text(encoding="utf-8"))
    totals: dict[str, Score] = {}
    truths = [*sorted((NOTICES / "truth").glob("[0-9]*.json")), *sorted((NOTICES / "layouts").glob("*.json"))]
    with tempfile.TemporaryDirectory() as folder:
        for truth in truths:
            for form, path in forms_of(truth, Path(folder)):
                try:
                    read = json.loads(notice_json(read_notice(path, "zh")))
                except NoticeError as error:
                    read = {"sections": [], "tasks": []}
                    print(f"{path.name}: {error}")
                labels = json.loads(truth.read_text(encoding="utf-8"))
                result = score(labels, read, non_targets.get(truth.stem, ()))
                totals.setdefault(form, Score()).add(result)
                print(line(f"{truth.stem} ({form})", result))
                for told in result.told if verbose else ():
                    print("    ", told)
    return totals


def line(name: str, result: Score) -> str:
    """The figures of one document."""
    told = [f"{what} {'-' if pct is None else f'{pct:.1f}'}" for what, pct in result.shares().items()]
    counts = (
        f"{result.right['targets']}/{result.labelled['targets']} targets, {result.right['others']} wrongly"
    )
    return f"{name[:44]:44} {'  '.join(told)}  ({counts})"


def main() -> int:
    """Print the scores; 1 if a bar is missed, 0 otherwise (also where the material is absent)."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("-v", "--verbose", action="store_true")
    verbose = options.parse_args().verbose
    if not (NOTICES / "truth").is_dir():
        print("../shared/notices is not here: nothing to score.")
        return 0
    missed = False
    for form, total in score_all(verbose=verbose).items():
        print(line(f"TOTAL {form}", total))
        missed |= bool(total.right["others"])
        for what, pct in total.shares().items():
            missed |= pct is not None and pct < BARS[what]
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
