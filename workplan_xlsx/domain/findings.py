"""Findings: what is wrong with data, as values; their sentences stand in words/findings.toml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum, StrEnum
from functools import cache

from workplan_xlsx.domain.quick_to_pickle import quick_to_pickle
from workplan_xlsx.words import Lang, say


class Severity(StrEnum):
    """What a finding does to a returned form: returns it, asks its unit to mend or explain, or is listed."""

    ERROR = "error"
    QUERY = "query"
    NOTE = "note"


class Softening(StrEnum):
    """Why a finding is only a note although its rule is graver."""

    NONE = ""
    TRIAL = "trial"  # 试行: the rule runs as a note first
    WAIVED = "waived"  # 豁免: the office waived the rule for this unit
    EXPLAINED = "explained"  # 已说明: the unit gave its reason in 解释说明


class Code(Enum):
    """Every kind of finding: its code, how grave it is, and the group it is listed under."""

    # the file itself
    EMPTY_FILE = ("F101", Severity.ERROR, "file")
    HOLDS_OTHER_FILES = ("F111", Severity.ERROR, "file")
    NOT_A_WORKBOOK = ("F102", Severity.ERROR, "file")
    PASSWORD = ("F103", Severity.ERROR, "file")
    DAMAGED = ("F104", Severity.ERROR, "file")
    UNSAFE = ("F105", Severity.ERROR, "file")
    READER_DIED = ("F106", Severity.ERROR, "file")
    TOO_LARGE = ("F107", Severity.ERROR, "file")
    READINGS_DIFFER = ("F108", Severity.ERROR, "file")
    IGNORED_ENTRY = ("F109", Severity.NOTE, "file")
    STILL_COPYING = ("F110", Severity.NOTE, "file")
    UNFINISHED = ("F120", Severity.NOTE, "file")
    OPEN_ELSEWHERE = ("F121", Severity.NOTE, "file")
    NOT_A_FILE = ("F122", Severity.ERROR, "file")
    CANNOT_OPEN = ("F123", Severity.ERROR, "file")
    ARCHIVE_OPENED = ("F124", Severity.NOTE, "file")
    ARCHIVE_IN_ARCHIVE = ("F125", Severity.ERROR, "file")
    PART_WITHDRAWN = ("F126", Severity.NOTE, "file")
    # whose form is it
    NOT_OUR_FORM = ("E101", Severity.ERROR, "identity")
    MARKS_DISAGREE = ("E102", Severity.ERROR, "identity")
    UNIT_UNKNOWN = ("E103", Severity.ERROR, "identity")
    PERIOD_OUTSIDE = ("E104", Severity.ERROR, "identity")
    OTHER_PLAN = ("E105", Severity.ERROR, "identity")
    PERIOD_NOT_ISSUED = ("E106", Severity.ERROR, "identity")
    # the table's structure
    SHEET_MISSING = ("E201", Severity.ERROR, "structure")
    COLUMN_MISSING = ("E202", Severity.ERROR, "structure")
    ROW_MISSING = ("E203", Severity.ERROR, "structure")
    ROW_FOREIGN = ("E204", Severity.ERROR, "structure")
    ROW_REPEATED = ("E205", Severity.ERROR, "structure")
    ROW_UNKNOWN = ("E206", Severity.ERROR, "structure")
    ROWS_HIDDEN = ("N207", Severity.NOTE, "structure")
    # what reading a returned form met beside its rows
    TABLE_TWICE = ("E208", Severity.ERROR, "structure")
    COLUMN_TWICE = ("E209", Severity.ERROR, "structure")
    COLUMN_ABSENT = ("N210", Severity.NOTE, "structure")
    COLUMNS_HIDDEN = ("N211", Severity.NOTE, "structure")
    COLUMNS_EXTRA = ("N212", Severity.NOTE, "structure")
    SHEETS_EXTRA = ("N213", Severity.NOTE, "structure")
    CELLS_STRAY = ("N214", Severity.NOTE, "structure")
    UNDER_MERGE = ("N215", Severity.NOTE, "structure")
    CODE_WAS_DATE = ("N216", Severity.NOTE, "structure")
    LEFT_BEHIND = ("N217", Severity.NOTE, "structure")
    COMMENTS = ("N227", Severity.NOTE, "structure")
    ROW_WITHOUT_CODE = ("E228", Severity.ERROR, "structure")
    INPUTS_MERGED = ("N229", Severity.NOTE, "structure")
    TABLE_HIDDEN = ("N230", Severity.NOTE, "structure")
    # what a cell holds
    NUMBER_IS_TEXT = ("E301", Severity.ERROR, "type")
    REQUIRED_BLANK = ("E302", Severity.ERROR, "type")
    STAGE_UNKNOWN = ("E303", Severity.ERROR, "type")
    ERROR_CELL = ("E304", Severity.ERROR, "type")
    FORMULA_WITHOUT_RESULT = ("E305", Severity.ERROR, "type")
    NUMBER_NEGATIVE = ("E306", Severity.ERROR, "type")
    TEXT_TOO_LONG = ("E307", Severity.ERROR, "type")
    SHOWN_OTHERWISE = ("E309", Severity.ERROR, "type")
    NUMBER_CONVERTED = ("N310", Severity.NOTE, "type")
    NOT_COUNTED = ("N311", Severity.NOTE, "type")
    NUMBER_TOO_LARGE = ("E314", Severity.ERROR, "type")
    STRUCK_OUT = ("E317", Severity.ERROR, "type")
    TEXT_IS_FORMULA = ("E316", Severity.ERROR, "type")
    PERCENT_UNCLEAR = ("Q312", Severity.QUERY, "type")
    # against the past and each other
    FELL = ("Q401", Severity.QUERY, "time")
    ACCOUNT_BLANK = ("N402", Severity.NOTE, "relation")
    SIGN_OFF_BLANK = ("N403", Severity.NOTE, "relation")
    # the ledger book (ledger.xlsx): the file
    LEDGER_ABSENT = ("L101", Severity.ERROR, "ledger")
    LEDGER_LOCKED = ("L102", Severity.ERROR, "ledger")
    LEDGER_EMPTY = ("L103", Severity.ERROR, "ledger")
    LEDGER_NOT_A_WORKBOOK = ("L104", Severity.ERROR, "ledger")
    LEDGER_DAMAGED = ("L105", Severity.ERROR, "ledger")
    LEDGER_TOO_LARGE = ("L106", Severity.ERROR, "ledger")
    # ... its sheets, columns and head
    LEDGER_SHEET_MISSING = ("L111", Severity.ERROR, "ledger")
    LEDGER_COLUMN_MISSING = ("L112", Severity.ERROR, "ledger")
    LEDGER_COLUMN_TWICE = ("L113", Severity.ERROR, "ledger")
    LEDGER_COLUMN_FOREIGN = ("L114", Severity.NOTE, "ledger")
    LEDGER_HEAD_BLANK = ("L115", Severity.ERROR, "ledger")
    # ... what a cell holds
    LEDGER_BLANK = ("L121", Severity.ERROR, "ledger")
    LEDGER_CODE_TWICE = ("L122", Severity.ERROR, "ledger")
    LEDGER_NOT_A_NUMBER = ("L123", Severity.ERROR, "ledger")
    LEDGER_NUMBER_WAS_TEXT = ("L124", Severity.NOTE, "ledger")
    LEDGER_WORD_UNKNOWN = ("L125", Severity.ERROR, "ledger")
    LEDGER_NOT_A_DATE = ("L126", Severity.ERROR, "ledger")
    LEDGER_NOT_A_PERIOD = ("L127", Severity.ERROR, "ledger")
    LEDGER_ERROR_CELL = ("L128", Severity.ERROR, "ledger")
    LEDGER_FORMULA_WITHOUT_RESULT = ("L129", Severity.ERROR, "ledger")
    LEDGER_NUMBER_TOO_LARGE = ("L167", Severity.ERROR, "ledger")
    LEDGER_BECAME_A_DATE = ("L130", Severity.ERROR, "ledger")
    # ... units
    LEDGER_UNIT_UNKNOWN = ("L131", Severity.ERROR, "ledger")
    LEDGER_UNIT_MISSPELT = ("L132", Severity.ERROR, "ledger")
    LEDGER_UNIT_BY_ALIAS = ("L133", Severity.NOTE, "ledger")
    LEDGER_NAME_TWICE = ("L134", Severity.ERROR, "ledger")
    LEDGER_REPORTS_WITHOUT_LEADING = ("L135", Severity.ERROR, "ledger")
    LEDGER_REPORTING_BY_DEFAULT = ("L136", Severity.NOTE, "ledger")
    # ... targets
    LEDGER_TASK_UNKNOWN = ("L141", Severity.ERROR, "ledger")
    LEDGER_VALUE_UNFIT = ("L142", Severity.ERROR, "ledger")
    LEDGER_VALUE_UNFIT_YET = ("L143", Severity.NOTE, "ledger")
    LEDGER_RANGE_TURNED = ("L144", Severity.ERROR, "ledger")
    LEDGER_RANGE_OPEN = ("L145", Severity.ERROR, "ledger")
    LEDGER_UPPER_UNUSED = ("L146", Severity.ERROR, "ledger")
    LEDGER_WEIGHT = ("L147", Severity.ERROR, "ledger")
    LEDGER_BASELINE_BLANK = ("L148", Severity.NOTE, "ledger")
    LEDGER_NOTHING_ASKED = ("L149", Severity.NOTE, "ledger")
    LEDGER_UNCONFIRMED = ("L150", Severity.NOTE, "ledger")
    # ... plan nodes
    LEDGER_PLAN_WITHOUT_TARGET = ("L151", Severity.ERROR, "ledger")
    LEDGER_PERCENT_OUTSIDE = ("L152", Severity.ERROR, "ledger")
    LEDGER_PERCENT_FALLS = ("L153", Severity.ERROR, "ledger")
    LEDGER_PERIOD_OUTSIDE = ("L154", Severity.ERROR, "ledger")
    # ... the office's decisions
    LEDGER_DECIDED_UNKNOWN = ("L155", Severity.ERROR, "ledger")
    LEDGER_DECISION_UNSIGNED = ("L156", Severity.ERROR, "ledger")
    LEDGER_DECIDED_NOTHING = ("L157", Severity.ERROR, "ledger")
    LEDGER_RULE_UNKNOWN = ("L158", Severity.ERROR, "ledger")
    LEDGER_RULE_NOT_WAIVABLE = ("L159", Severity.ERROR, "ledger")
    LEDGER_ANSWER_WITHOUT_PROBLEM = ("L160", Severity.ERROR, "ledger")
    LEDGER_ANSWER_AFTER_CLOSING = ("L161", Severity.NOTE, "ledger")
    LEDGER_PERIOD_NOT_PUBLISHED = ("L162", Severity.NOTE, "ledger")
    LEDGER_UNIT_RENAMED = ("L163", Severity.ERROR, "ledger")
    LEDGER_CHANGED_MEANWHILE = ("L164", Severity.NOTE, "ledger")
    LEDGER_DECIDED_TWICE = ("L165", Severity.ERROR, "ledger")
    LEDGER_TURNED_BACK = ("L166", Severity.NOTE, "ledger")
    LEDGER_FIGURES_LOST = ("L170", Severity.QUERY, "ledger")
    LEDGER_FIGURES_CARRIED = ("L171", Severity.NOTE, "ledger")
    LEDGER_DECIDED_AHEAD = ("L174", Severity.NOTE, "ledger")
    LEDGER_SHOWN_OTHERWISE = ("L173", Severity.ERROR, "ledger")
    LEDGER_DECIDED_IN_OLD_MEASURE = ("L172", Severity.ERROR, "ledger")
    LEDGER_RULE_MISSPELT = ("L168", Severity.ERROR, "ledger")
    LEDGER_RULE_NEVER_RETURNS = ("L169", Severity.NOTE, "ledger")
    # a form of an earlier wording of the ledger
    OLD_FORM = ("N218", Severity.NOTE, "structure")
    MEANING_CHANGED = ("Q219", Severity.QUERY, "structure")
    ROW_WITHDRAWN = ("N220", Severity.NOTE, "structure")
    ROW_ADDED = ("E221", Severity.ERROR, "structure")
    # a row's code held against its words; a form without any mark
    ROW_BY_WORDING = ("N222", Severity.NOTE, "structure")
    ROW_CONTRADICTS = ("E223", Severity.ERROR, "structure")
    ROW_UNIT_DIFFERS = ("E224", Severity.ERROR, "structure")
    # what we had filled in, changed by the unit
    TARGET_CHANGED = ("Q225", Severity.QUERY, "structure")
    GIVEN_CHANGED = ("N226", Severity.NOTE, "structure")
    RECOGNISED = ("E107", Severity.ERROR, "identity")
    # what stands in a number cell instead of a figure; dates
    NOTHING_UNCLEAR = ("E308", Severity.ERROR, "type")
    NOT_OWED_CLAIMED = ("Q313", Severity.QUERY, "type")
    DATE_CONVERTED = ("N315", Severity.NOTE, "type")
    DATE_UNCLEAR = ("N316", Severity.NOTE, "type")
    # the cells of a row against each other
    DONE_BELOW_TARGET = ("Q404", Severity.QUERY, "relation")
    DONE_WITHOUT_EVIDENCE = ("Q405", Severity.QUERY, "relation")
    PROBLEM_WITHOUT_REQUEST = ("N406", Severity.NOTE, "relation")
    ACCOUNT_THIN = ("N407", Severity.NOTE, "relation")
    PARTS_EXCEED = ("Q408", Severity.QUERY, "relation")
    # over time
    UNCHANGED = ("Q411", Severity.QUERY, "time")
    TENFOLD = ("Q412", Severity.QUERY, "time")
    UNIT_SLIP = ("Q413", Severity.QUERY, "time")
    FAR_ABOVE = ("Q414", Severity.QUERY, "time")
    FILLED_LATER = ("N418", Severity.NOTE, "time")
    NOT_WHOLE = ("Q417", Severity.QUERY, "time")
    TEXT_COPIED = ("N415", Severity.NOTE, "time")
    AFTER_CLOSING = ("N416", Severity.NOTE, "time")
    # across units: found when the forms are merged
    LEADS_DISAGREE = ("Q421", Severity.QUERY, "across")
    PART_IS_WHOLE = ("Q422", Severity.QUERY, "across")
    # rules of the workspace (rules.py)
    OWN_ERROR = ("E901", Severity.ERROR, "own")
    OWN_QUERY = ("Q902", Severity.QUERY, "own")
    OWN_NOTE = ("N903", Severity.NOTE, "own")
    OWN_RULE_FAILED = ("N904", Severity.NOTE, "own")

    # the notice, as it was read
    NOTICE_CHARACTER_LOST = ("T101", Severity.QUERY, "notice")
    NOTICE_PAGE_WITHOUT_TEXT = ("T102", Severity.QUERY, "notice")
    NOTICE_NUMBER_SKIPPED = ("T103", Severity.QUERY, "notice")
    NOTICE_ITEM_WITHOUT_OWNER = ("T104", Severity.NOTE, "notice")
    NOTICE_OWNERS_JOINT = ("T105", Severity.NOTE, "notice")
    NOTICE_GROUP_OF_UNITS = ("T106", Severity.QUERY, "notice")
    NOTICE_SAME_BODY = ("T107", Severity.QUERY, "notice")
    NOTICE_OTHER_OUTLINE = ("T108", Severity.NOTE, "notice")
    NOTICE_NUMBER_TWICE = ("T109", Severity.QUERY, "notice")
    NOTICE_OWNERS_APART = ("T110", Severity.QUERY, "notice")
    NOTICE_CELL_UNREAD = ("T111", Severity.QUERY, "notice")
    NOTICE_PART_HIDDEN = ("T112", Severity.QUERY, "notice")
    NOTICE_ROW_HIDDEN = ("T113", Severity.QUERY, "notice")
    NOTICE_STRUCK_THROUGH = ("T114", Severity.QUERY, "notice")
    NOTICE_REVISED = ("T115", Severity.QUERY, "notice")
    NOTICE_NOTE_CHANGES = ("T116", Severity.QUERY, "notice")
    NOTICE_ROW_WITHOUT_TASK = ("T117", Severity.QUERY, "notice")
    NOTICE_OUTSIDE_OWNED = ("T118", Severity.QUERY, "notice")
    NOTICE_TABLE_UNREAD = ("T119", Severity.QUERY, "notice")
    NOTICE_COUNTED = ("T120", Severity.QUERY, "notice")
    NOTICE_COLUMN_UNUSED = ("T121", Severity.NOTE, "notice")

    def __init__(self, code: str, severity: Severity, group: str) -> None:
        self.code = code
        self.severity = severity
        self.group = group

    @classmethod
    def of(cls, code: str) -> Code | None:
        """Return the member with this code, upper or lower case; None when there is none."""
        return _by_code().get(code.strip().upper())


@cache
def _by_code() -> dict[str, Code]:
    return {member.code: member for member in Code}


def may_be_switched(code: str) -> bool:
    """Whether a rule may be switched off, put on trial or waived: a query, a note, or an own rule.

    An error of the first stages cannot: without it there would be no figure, or the wrong one.
    """
    known = Code.of(code)
    return known is None or known.severity is not Severity.ERROR


@quick_to_pickle
@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong with data, where it stands, and the facts its sentence needs.

    Attributes:
        file, sheet, cell: Where; empty where it does not apply. `cell` is an A1 address.
        facts: Names and values for the places of the catalogue's sentence, sorted by name.
        softened: Why it is only a note here.
    """

    code: Code
    file: str = ""
    sheet: str = ""
    cell: str = ""
    facts: tuple[tuple[str, str], ...] = field(default=())
    softened: Softening = Softening.NONE

    @property
    def severity(self) -> Severity:
        """How grave it is; a softened one is a note."""
        return self.code.severity if self.softened is Softening.NONE else Severity.NOTE

    def message(self, lang: Lang) -> str:
        """What is there, what was expected and what to do, in one or two sentences."""
        told = say(f"findings.{self.code.code}", lang, **dict(self.facts))
        return told if self.softened is Softening.NONE else told + say(f"checks.{self.softened.value}", lang)

    def place(self) -> str:
        """`sheet!cell`, as far as known."""
        return f"{self.sheet}!{self.cell}" if self.cell else self.sheet


def found(code: Code, /, *, sheet: str = "", cell: str = "", file: str = "", **facts: object) -> Finding:
    """Make a finding from loose facts; every fact is told as its text."""
    told = tuple(sorted((name, str(value)) for name, value in facts.items()))
    return Finding(code=code, file=file, sheet=sheet, cell=cell, facts=told)


def gravest(findings: Iterable[Finding]) -> Severity | None:
    """The gravest severity among them; None when there are none."""
    order = (Severity.ERROR, Severity.QUERY, Severity.NOTE)
    present = {finding.severity for finding in findings}
    return next((severity for severity in order if severity in present), None)
