"""A database that has PREPARE: PostgreSQL as a participant of the coordinator in `databases`, where it is installed.

PREPARE TRANSACTION writes the promise to the server's disk and parts from its session. The locks stay, also when the
server has crashed and is back, until any session says COMMIT PREPARED or ROLLBACK PREPARED. Where the coordinator is
lost, they stay for ever. By default a server refuses all that: `max_prepared_transactions` is 0. (PostgreSQL's manual,
PREPARE TRANSACTION.)
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course_lib.servers import Server, ServerFailed, ServerMissing
from course_lib.servers.process import running
from course_lib.transactions.databases import ACCOUNTS

PROGRAMS = ("postgres", "initdb", "psql")
USER = "postgres"  # who runs it where we are root
LOCK_TIMEOUT = 100  # milliseconds that a statement waits for a lock


class Refused(RuntimeError):
    """PostgreSQL has refused a statement; the message is its own."""


class Postgres(Server):
    """A server of its own, which is reached through a socket in its folder and by no network."""

    program = "postgres"

    def __init__(self, programs: Path, folder: Path, patience: float = 20.0) -> None:
        super().__init__(programs / "postgres", folder, 5432, patience)
        self.data = folder / "data"

    def create(self) -> None:
        """Makes an empty cluster of databases."""
        options = ["--username=course", "--auth=trust", "--no-sync", "--no-locale", "--encoding=UTF8"]
        command = [*_not_root(), str(self.binary.with_name("initdb")), f"--pgdata={self.data}", *options]
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, timeout=60)
        if done.returncode:
            raise ServerFailed(f"initdb failed: {done.stderr.strip()}")

    def command(self) -> list[str]:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": self.folder,
            "max_prepared_transactions": 10,
        }
        options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        return [*_not_root(), str(self.binary), "-D", str(self.data), *options]

    def answers(self) -> bool:
        try:
            return self.sql("postgres", "SELECT 1") == "1"
        except Refused:
            return False

    def sql(self, database: str, *statements: str) -> str:
        """Runs statements in one session of a process of its own, psql. Raises Refused at the first that fails."""
        words = [word for statement in statements for word in ("-c", statement)]
        options = ["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"]
        where = ["--username=course", f"--host={self.folder}", f"--dbname={database}"]
        done = subprocess.run(
            [self.binary.with_name("psql"), *options, *where, *words],
            env={**os.environ, "PGOPTIONS": f"-c lock_timeout={LOCK_TIMEOUT}"},
            capture_output=True,
            text=True,
            timeout=self.patience,
        )
        if done.returncode:
            raise Refused(done.stderr.strip().partition("\n")[0])
        return done.stdout.strip()

    def crash(self) -> None:
        """Ends all its processes at once (SIGQUIT), without a word to its disk: what is in memory is lost."""
        assert self.process
        self.process.send_signal(signal.SIGQUIT)
        self.process.wait(self.patience)


class PreparedBank:
    """A participant: one account in a database of its own. Of what is decided it keeps no record.

    So it would take a Prepare that comes late, after an abort, for a new one. This coordinator sends none: it waits for
    each answer.
    """

    def __init__(self, server: Postgres, name: str) -> None:
        self.server, self.name = server, name

    def create(self, balance: int = 100) -> None:
        self.server.sql("postgres", f"CREATE DATABASE {self.name}")
        self.sql("CREATE TABLE account (balance INTEGER NOT NULL CHECK (balance >= 0))")
        self.sql(f"INSERT INTO account VALUES ({balance})")

    def sql(self, *statements: str) -> str:
        return self.server.sql(self.name, *statements)

    def balance(self) -> int:
        return int(self.sql("SELECT balance FROM account"))

    def prepare(self, txn: str, change: int) -> bool:
        """The vote: no if the balance would fall below 0, or if another transaction has the account locked."""
        add = f"UPDATE account SET balance = balance + {change}"
        try:
            self.sql("BEGIN", add, f"PREPARE TRANSACTION '{self._global(txn)}'")
        except Refused:
            return False
        return True

    def decide(self, txn: str, commit: bool) -> None:
        """Carries the decision out. Told again, it does nothing: what is decided is prepared no more."""
        if txn in self.in_doubt():
            self.sql(f"{'COMMIT' if commit else 'ROLLBACK'} PREPARED '{self._global(txn)}'")

    def in_doubt(self) -> list[str]:
        names = self.sql("SELECT gid FROM pg_prepared_xacts WHERE database = current_database() ORDER BY gid")
        return [name.partition(" ")[0] for name in names.splitlines()]

    def _global(self, txn: str) -> str:
        """The name of its part: a server with several databases wants them all different."""
        return f"{txn} {self.name}"


def find_postgres() -> Path | None:
    """The folder with postgres, initdb and psql: of the one on PATH, or the newest where Debian puts them."""
    on_path = shutil.which("postgres")
    places = [Path(on_path).resolve().parent] if on_path else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda place: -int(place.parent.name))
    return next((place for place in places if all((place / name).exists() for name in PROGRAMS)), None)


@contextmanager
def postgres() -> Iterator[dict[str, PreparedBank]]:
    """Runs a PostgreSQL while the block lasts; the banks are participants for `carry_out` and `finish` of `databases`.

    Raises ServerMissing where there is none on this machine, ServerFailed where it does not come up.
    """
    programs = find_postgres()
    if programs is None:
        raise ServerMissing(
            "PostgreSQL is not on this machine. Get it with `sudo apt install postgresql` (Debian, Ubuntu) or "
            "`brew install postgresql` (macOS)."
        )

    def make(folder: Path) -> list[Postgres]:
        server = Postgres(programs, folder / "postgres")
        server.folder.mkdir()
        if _not_root():
            for place in (folder, server.folder):
                shutil.chown(place, USER)
        server.create()
        return [server]

    with running("postgres", make) as [server]:
        banks = {name: PreparedBank(server, name) for name in ACCOUNTS}
        for bank in banks.values():
            bank.create()
        yield banks


def _not_root() -> list[str]:
    """PostgreSQL refuses to be run by root: then its own user runs it, as in a container."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return []
    return ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
