"""Two-phase commit between two real databases: a SQLite file for each account, and a coordinator that may be killed.

SQLite has no PREPARE: a transaction of its own ends with its connection, and its lock on the file with it. So each file
has a table `part` in which a promise outlives the process that made it, and whoever uses the file must keep to it.

What this gives: a promise, and what it was made for, survive a kill, and a power failure as far as SQLite's own commit
does (`synchronous = EXTRA`). A second promise for the account is refused by an index, and an update of a promised
account by a trigger, whoever tries it. What it does not give: SQLite holds no lock after the promise, so meanwhile
anybody reads the old balance. And SQLite does not know of the promise: that the commit cannot fail later is for us to
check before we give it. Here the balance must not fall below 0; other constraints would be more to check.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Protocol

ACCOUNTS = ("ann", "bob")
POINTS = ("begun", "ann prepared", "bob prepared", "decided", "ann committed", "bob committed")
"""Where a coordinator can be killed; it has decided when the commit stands in its log."""

MOST = 2**62  # in an account: a whole number for SQLite, also after one more

ACCOUNT = """
CREATE TABLE account (balance INTEGER NOT NULL CHECK (typeof(balance) = 'integer' AND balance >= 0));
CREATE TABLE part (
    txn TEXT PRIMARY KEY,
    change INTEGER NOT NULL CHECK (typeof(change) = 'integer'),
    state TEXT NOT NULL CHECK (state IN ('prepared', 'committed', 'aborted'))
);
CREATE UNIQUE INDEX one_promise ON part (state) WHERE state = 'prepared';
CREATE TRIGGER promised BEFORE UPDATE ON account WHEN EXISTS (SELECT * FROM part WHERE state = 'prepared')
BEGIN
    SELECT RAISE(ABORT, 'this account is promised to a transaction that is not decided yet');
END;
CREATE TRIGGER stays BEFORE DELETE ON account
BEGIN
    SELECT RAISE(ABORT, 'the account is what this file is for: it stays');
END;
"""
LOG = "CREATE TABLE txn (id INTEGER PRIMARY KEY AUTOINCREMENT, committed INTEGER NOT NULL DEFAULT 0);"


Reached = Callable[[str], object]


def _go_on(point: str) -> None:
    """Nobody wants to know where we are."""


class Participant(Protocol):
    """What the coordinator needs of a database."""

    def prepare(self, txn: str, change: int) -> bool: ...
    def decide(self, txn: str, commit: bool) -> None: ...
    def in_doubt(self) -> list[str]: ...


class Bank:
    """A participant: one account in one file. What a method has done is on the disk when it returns."""

    def __init__(self, folder: Path | str, name: str) -> None:
        self.db = _opened(Path(folder) / f"{name}.db")

    def close(self) -> None:
        self.db.close()

    def balance(self) -> int:
        return int(self.db.execute("SELECT balance FROM account").fetchone()[0])

    def state(self, txn: str) -> str | None:
        """Of its part of a transaction: "prepared", "committed" or "aborted"; None if it knows nothing of it."""
        row = self.db.execute("SELECT state FROM part WHERE txn = ?", [txn]).fetchone()
        return row and str(row[0])

    def prepare(self, txn: str, change: int) -> bool:
        """The vote. Yes is a promise to add `change`, and only one at a time can be given."""
        with _at_once(self.db):
            if self.state(txn) is None:
                yes = not self.in_doubt() and 0 <= self.balance() + change <= MOST
                part = (txn, change, "prepared" if yes else "aborted")
                self.db.execute("INSERT INTO part VALUES (?, ?, ?)", part)
            return self.state(txn) in ("prepared", "committed")

    def decide(self, txn: str, commit: bool) -> None:
        """Carries the decision out. Told again, it does nothing: only what is prepared changes.

        Raises RuntimeError where it is to commit what was never prepared here: the promise is lost.
        """
        with _at_once(self.db):
            if commit and self.state(txn) is None:
                raise RuntimeError(
                    f"{txn} is committed, and this file has no promise of it: was it replaced?"
                )
            if not commit:  # a Prepare that comes later is refused
                self.db.execute("INSERT OR IGNORE INTO part VALUES (?, 0, 'aborted')", [txn])
            if self.state(txn) == "prepared":
                state = "committed" if commit else "aborted"
                self.db.execute("UPDATE part SET state = ? WHERE txn = ?", (state, txn))
                if commit:
                    add = "UPDATE account SET balance = balance + (SELECT change FROM part WHERE txn = ?)"
                    self.db.execute(add, [txn])

    def in_doubt(self) -> list[str]:
        return [txn for (txn,) in self.db.execute("SELECT txn FROM part WHERE state = 'prepared'")]


class Log:
    """The coordinator's disk: what is committed stands there until all have carried it out; all else is aborted.

    The file is locked as long as this is open, so there is one coordinator at a time; of one that was killed, the
    system frees it. Raises RuntimeError where another is at work.
    """

    def __init__(self, folder: Path | str) -> None:
        try:
            self.db = _opened(Path(folder) / "coordinator.db", patience=0, mode="EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise RuntimeError(f"a coordinator is at work in {folder} ({error}): kill it first") from None

    def close(self) -> None:
        self.db.close()

    def begin(self) -> str:
        """A name that no transaction had before."""
        return f"t{self.db.execute('INSERT INTO txn DEFAULT VALUES').lastrowid}"

    def commit(self, txn: str) -> None:
        """The commit point."""
        self.db.execute("UPDATE txn SET committed = 1 WHERE id = ?", [int(txn[1:])])

    def has_committed(self, txn: str) -> bool:
        """Presumed abort: of what is not committed there need be no record."""
        row = self.db.execute("SELECT committed FROM txn WHERE id = ?", [int(txn[1:])]).fetchone()
        return row == (1,)

    def forget(self, txn: str) -> None:
        """When all have carried it out, nobody will ask. Its number is not given again (AUTOINCREMENT)."""
        self.db.execute("DELETE FROM txn WHERE id = ?", [int(txn[1:])])

    def kept(self) -> list[str]:
        return [f"t{number}" for (number,) in self.db.execute("SELECT id FROM txn")]


def create(folder: Path | str, balance: int = 100) -> None:
    """Makes the files of both accounts, and of the log. Raises FileExistsError where there are some."""
    for name, schema in {**dict.fromkeys(ACCOUNTS, ACCOUNT), "coordinator": LOG}.items():
        path = Path(folder) / f"{name}.db"
        if path.exists():
            raise FileExistsError(f"{path} is there already: take an empty folder")
        with closing(sqlite3.connect(path)) as db:
            db.executescript(schema)
            if schema == ACCOUNT:
                db.execute("INSERT INTO account VALUES (?)", [balance])
            db.commit()


def transfer(folder: Path | str, amount: int, reached: Reached = _go_on) -> bool:
    """Moves an amount, 1 or more, from ann to bob in the files of a folder; whether that was committed.

    `reached` is called at each of POINTS. Raises ValueError for another amount.
    """
    if type(amount) is not int or amount < 1:
        raise ValueError(f"an amount is a whole number, 1 or more, not {amount!r}")
    with closing(Log(folder)) as log, _banks(folder) as banks:
        return carry_out(log, banks, {"ann": -amount, "bob": +amount}, reached)


def carry_out(
    log: Log, banks: Mapping[str, Participant], changes: Mapping[str, int], reached: Reached = _go_on
) -> bool:
    """Two-phase commit: changes all accounts, or none; whether it was committed."""
    txn = log.begin()
    reached("begun")
    commit = True
    for name, change in changes.items():
        commit = commit and banks[name].prepare(txn, change)
        if commit:
            reached(f"{name} prepared")
    if commit:
        log.commit(txn)
        reached("decided")
    for name in changes:
        banks[name].decide(txn, commit)
        if commit:
            reached(f"{name} committed")
    log.forget(txn)
    return commit


def recover(folder: Path | str, reached: Reached = _go_on) -> list[tuple[str, str, str]]:
    """What a coordinator does first when it starts again, with the files of a folder; see `finish`."""
    with closing(Log(folder)) as log, _banks(folder) as banks:
        return finish(log, banks, reached)


def finish(
    log: Log, banks: Mapping[str, Participant], reached: Reached = _go_on
) -> list[tuple[str, str, str]]:
    """Ends what is in doubt, by the log, and only then forgets. Called again, it finds nothing to do.

    Returns (account, transaction, outcome) of all that was in doubt.
    """
    ended = []
    for name, bank in banks.items():
        for txn in bank.in_doubt():
            commit = log.has_committed(txn)
            bank.decide(txn, commit)
            ended.append((name, txn, "committed" if commit else "aborted"))
            reached(f"{name} recovered")
    for txn in log.kept():
        log.forget(txn)
    return ended


def balances(folder: Path | str) -> dict[str, int]:
    """What anybody reads in the two files, in doubt or not."""
    with _banks(folder) as banks:
        return {name: bank.balance() for name, bank in banks.items()}


def in_doubt(folder: Path | str) -> tuple[str, ...]:
    """The accounts that are promised to a transaction of which they do not know the outcome."""
    with _banks(folder) as banks:
        return tuple(name for name, bank in banks.items() if bank.in_doubt())


@contextmanager
def _banks(folder: Path | str) -> Iterator[dict[str, Bank]]:
    with ExitStack() as stack:
        yield {name: stack.enter_context(closing(Bank(folder, name))) for name in ACCOUNTS}


def _opened(path: Path, patience: float = 5.0, mode: str = "NORMAL") -> sqlite3.Connection:
    """A connection on which each statement is a transaction, unless `_at_once` makes one of several.

    Args:
        patience: for how many seconds it waits where somebody else has the file locked.
        mode: "EXCLUSIVE" locks the file as long as the connection is open.
    """
    if not path.exists():
        raise FileNotFoundError(
            f"there is no {path.name} in {path.parent}: databases.create(folder) makes it"
        )
    db = sqlite3.connect(path, timeout=patience, isolation_level=None)
    try:
        # A commit returns when the disk has it. With FULL the journal that undoes it could still come back: to delete
        # a file is a change of its folder, and only EXTRA waits for that one, too.
        db.execute("PRAGMA synchronous = EXTRA")
        db.execute(f"PRAGMA locking_mode = {mode}")
        if mode == "EXCLUSIVE":
            db.execute("BEGIN EXCLUSIVE")  # the first lock is the one that is kept
            db.execute("COMMIT")
    except sqlite3.OperationalError:
        db.close()
        raise
    return db


@contextmanager
def _at_once(db: sqlite3.Connection) -> Iterator[None]:
    """All of the block, or nothing of it, and nobody else's statement in between."""
    with db:
        db.execute("BEGIN IMMEDIATE")
        yield
