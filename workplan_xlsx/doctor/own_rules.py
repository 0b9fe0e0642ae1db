"""The file of own rules: there, run where readers run it, and with the rules that settings name."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workplan_xlsx.config import Config
from workplan_xlsx.doctor.health import BAD, FINE, LOOK, Health
from workplan_xlsx.domain.findings import Code, found
from workplan_xlsx.domain.judging.own_rules import RulesFound
from workplan_xlsx.errors import OperatorError
from workplan_xlsx.intake.in_hand import FileInHand
from workplan_xlsx.intake.isolation import Workers
from workplan_xlsx.intake.own_rules import OwnFile, own_rules
from workplan_xlsx.intake.worker import Failure, Limits
from workplan_xlsx.words import Lang, say
from workplan_xlsx.words.listing import listed

_SECONDS = 5.0
_MOST_NAMED = 5


def examine(root: Path, config: Config, lang: Lang) -> Iterator[Health]:
    """Yield how it is; nothing where workplan.toml names none."""
    if not config.checks.own:
        return
    what = say("doctor.own_rules", lang)
    if config.own_rules_trouble:
        yield Health(BAD, what, config.own_rules_trouble)
        return
    try:
        loaded = _loaded(root / config.checks.own, lang)
    except (OperatorError, OSError) as error:
        yield Health(BAD, what, str(error))
        return
    yield _told(Path(config.checks.own).name, loaded, what, lang)
    yield from _names(config, loaded, what, lang)


def _loaded(path: Path, lang: Lang) -> RulesFound:
    """Foreign code: it may hang, write or end its process, and here that must cost nobody anything."""
    data = path.read_bytes()
    hand = FileInHand(path.name, hashlib.sha256(data).hexdigest(), data)
    with Workers(_Load(lang), limits=Limits(seconds=_SECONDS)) as workers:
        return next(workers.results([hand]))


@dataclass(frozen=True, slots=True)
class _Load:
    """What a worker is asked to do with the file."""

    lang: Lang

    def __call__(self, hand: FileInHand) -> RulesFound:
        """Run it, as before the first form."""
        loaded = own_rules(OwnFile(Path(hand.name), hand.data), self.lang)
        return RulesFound(names=tuple(each.name for each in loaded.rules), failed=loaded.failed)

    def failed(self, hand: FileInHand, failure: Failure) -> RulesFound:
        """It hung, or ended the process."""
        why = say(f"reading.{failure.value}", self.lang)
        return RulesFound(failed=found(Code.OWN_RULE_FAILED, rule=hand.name, where=hand.name, why=why))

    def fits(self, result: object, hand: FileInHand) -> bool:  # noqa: ARG002
        """Whether it is an answer at all."""
        return isinstance(result, RulesFound)


def _told(file: str, loaded: RulesFound, what: str, lang: Lang) -> Health:
    if loaded.failed is not None:
        facts = {name: value for name, value in loaded.failed.facts if name in ("where", "why")}
        return Health(BAD, what, say("doctor.own_failed", lang, file=file, **facts))
    if not loaded.names:
        return Health(LOOK, what, say("doctor.own_none", lang, file=file))
    names = listed(loaded.names[:_MOST_NAMED], lang)
    return Health(FINE, what, say("doctor.own_fine", lang, file=file, count=len(loaded.names), names=names))


def _names(config: Config, loaded: RulesFound, what: str, lang: Lang) -> Iterator[Health]:
    """Names that no rule has: the settings are refused for them only where the file shows its names unrun."""
    checks = config.checks
    named = sorted(checks.off | checks.trial | checks.in_force)
    unknown = [each for each in named if Code.of(each) is None and each not in loaded.names]
    if unknown and loaded.failed is None:
        facts = {"file": Path(checks.own).name, "names": listed(unknown, lang)}
        known = listed(loaded.names, lang) or "-"
        yield Health(LOOK, what, say("doctor.own_unknown", lang, known=known, **facts))
