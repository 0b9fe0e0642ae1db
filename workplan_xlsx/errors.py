"""What an operator can meet: one sentence each, with the next action. Imports nothing."""


class OperatorError(Exception):
    """Something that the person at the keyboard can put right; its text is the whole message.

    Attributes:
        exit_code: 2 usage or configuration, 3 failed, 4 another run holds the lock (README, exit codes).
    """

    exit_code = 3


class ConfigError(OperatorError):
    """workplan.toml is missing, or holds mistakes; all of them are named at once."""

    exit_code = 2


class UsageError(OperatorError):
    """The command was asked for something that does not exist (a period, a unit, a file)."""

    exit_code = 2


class NoticeError(OperatorError):
    """The notice (通知) cannot be read, has no items, or is a scan."""

    exit_code = 3


class LedgerError(OperatorError):
    """ledger.xlsx holds mistakes that must be mended before anything is built on it."""

    exit_code = 2


class OutputError(OperatorError):
    """A file could not be put in place (open in Excel, disk full, read-only); the previous one is intact."""

    exit_code = 3


class LockedError(OperatorError):
    """Another run holds the workspace's lock."""

    exit_code = 4


class StoreError(OperatorError):
    """The store cannot be opened (damaged, newer than this program, on a network share)."""

    exit_code = 3


class ReadersError(OperatorError):
    """The processes that read forms cannot be started (no memory, a security program); no form was lost."""

    exit_code = 3


class ClusterError(OperatorError):
    """The cluster cannot be reached, has no workers, or they have another version of this program."""

    exit_code = 3


class MailError(OperatorError):
    """A mail server or a robot cannot be reached or does not do what it should; it is tried again."""

    exit_code = 3


class MailRefused(MailError):
    """The server will never take this letter (no such address, too large); trying again helps nobody."""


class MailLost(MailError):
    """The line broke while a letter was handed over: whether it arrived nobody knows."""
