"""Workbooks that ask for a password, opened with the passwords that the coordinator configured."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.util import find_spec
from io import BytesIO

from workplan_xlsx.books.returned.unreadable import Unreadable, damaged
from workplan_xlsx.domain.findings import Code

_EXCEL_S_OWN = "VelvetSweatshop"
"""With it Excel encrypts a workbook whose structure is protected, and opens it again without asking."""


def decrypted(data: bytes, passwords: Iterable[str]) -> bytes:
    """Return the workbook behind the password; only configured passwords are tried, and Excel's own.

    Raises:
        Unreadable: None of them opens it, or the extra `crypto` is not installed.
    """
    if find_spec("msoffcrypto") is None:
        raise Unreadable(Code.PASSWORD, "password")
    for password in (*passwords, _EXCEL_S_OWN):
        opened = _opened(data, password)
        if opened is not None:
            return opened
    raise Unreadable(Code.PASSWORD, "password")


def _opened(data: bytes, password: str) -> bytes | None:
    """The workbook, or None where it is another password."""
    import msoffcrypto
    from msoffcrypto.exceptions import InvalidKeyError

    made = BytesIO()
    try:
        file = msoffcrypto.OfficeFile(BytesIO(data))
        file.load_key(password=password, verify_password=True)
        file.decrypt(made)
    except InvalidKeyError:
        return None
    except Exception as error:  # noqa: BLE001 - for damaged containers it raises whatever its parts raise
        if "password" in str(error).lower():
            return None
        raise damaged("container") from None
    return made.getvalue()
