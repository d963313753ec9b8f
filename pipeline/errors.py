"""Errors of the command line: what happened, to what, and what to do next; one exit code per cause.

`docs/errors.md` lists the codes; a test holds the two together.
"""

from enum import IntEnum


class ExitCode(IntEnum):
    DONE = 0
    NEEDS_A_PERSON = 1
    WRONG_USE = 2
    SETTINGS = 3
    LOCKED = 4
    LEDGER_DAMAGED = 5
    LEDGER_UNAVAILABLE = 6
    MISSING_PROGRAM = 7
    STORAGE = 8
    DATA_FILE = 9
    DOUBTFUL = 10
    LEDGER_BUSY = 11


class RecertError(Exception):
    """An error that a person can act on. Never shown with a traceback."""

    exit_code = ExitCode.WRONG_USE

    def __init__(self, message: str, action: str) -> None:
        super().__init__(message)
        self.message = message
        self.action = action

    def __str__(self) -> str:
        return f"{self.message} {self.action}"


class WrongUse(RecertError):
    """The command was asked for something that is not there or does not fit."""


class SettingsError(RecertError):
    """A setting is missing or contradicts another (a home inside the share, a folder that cannot be made)."""

    exit_code = ExitCode.SETTINGS


class Doubtful(RecertError):
    """The ledger may hold a certificate already, or its code for somebody else, and whoever accepts it was not told."""

    exit_code = ExitCode.DOUBTFUL


class Locked(RecertError):
    """Another run is at work."""

    exit_code = ExitCode.LOCKED


class LedgerBusy(RecertError):
    """Another program kept the ledger's database to itself for too long."""

    exit_code = ExitCode.LEDGER_BUSY


class LedgerDamaged(RecertError):
    """The chain of entries does not verify."""

    exit_code = ExitCode.LEDGER_DAMAGED


class LedgerUnavailable(RecertError):
    """The database of the ledger cannot be opened or is of another version."""

    exit_code = ExitCode.LEDGER_UNAVAILABLE


class MissingProgram(RecertError):
    """A program or language data that the work needs is not installed."""

    exit_code = ExitCode.MISSING_PROGRAM


class StorageError(RecertError):
    """A folder is full, read-only or gone."""

    exit_code = ExitCode.STORAGE


class DataFileError(RecertError):
    """A TOML or CSV file says something that cannot be meant: names the file, the key and the remedy."""

    exit_code = ExitCode.DATA_FILE
