"""The coordinator of `databases` as a process, and whoever kills it: both sides of their talk.

`python -m course_lib.transactions.coordinating FOLDER AMOUNT` says on its standard output to which point it has come,
and goes on when it is told a line. So it can be killed exactly there, and nobody has to sleep. A kill takes a process's
memory and its locks. What it has written to a file stays, even what is not on the disk yet: whether a commit is really
on the disk matters when the power fails, which nothing here tries.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from course_lib.paths import ROOT
from course_lib.transactions import databases


def main(folder: str, amount: str) -> None:
    databases.transfer(folder, int(amount), _tell_and_wait)


def _tell_and_wait(point: str) -> None:
    print(point, flush=True)
    if not sys.stdin.readline():
        os._exit(1)  # who started us is gone, and nobody will answer: end as if killed


@contextmanager
def coordinator(folder: Path | str, amount: int) -> Iterator[subprocess.Popen[str]]:
    """Runs a process that transfers an amount, point by point; it is killed (SIGKILL) when the block ends."""
    command = [sys.executable, "-m", "course_lib.transactions.coordinating"]
    with subprocess.Popen(
        [*command, os.path.abspath(folder), str(amount)],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()  # by its id; nothing happens to one that has ended already


def run_to(process: subprocess.Popen[str], at: str) -> None:
    """Lets a coordinator go on until it comes to a point, where it waits. RuntimeError where it ends before."""
    assert process.stdin and process.stdout and process.stderr
    for line in process.stdout:
        if line.strip() == at:
            return
        print(file=process.stdin, flush=True)
    why = process.stderr.read().strip().rpartition("\n")[2] or "an account has refused the transfer"
    raise RuntimeError(f"the coordinator ended before it came to {at!r}: {why}")


@dataclass(frozen=True)
class Killed:
    """What became of a transfer whose coordinator was killed: balances before it, after the kill, and recovered."""

    at: str
    before: dict[str, int]
    killed: dict[str, int]
    in_doubt: tuple[str, ...]
    recovered: dict[str, int]

    @property
    def outcome(self) -> str:
        return "aborted" if self.recovered == self.before else "committed"

    @property
    def row(self) -> tuple[str, ...]:
        """For a table: killed at, balances then, in doubt, outcome, balances in the end."""
        return self.at, _told(self.killed), ", ".join(self.in_doubt), self.outcome, _told(self.recovered)

    def __str__(self) -> str:
        at, killed, doubt, outcome, recovered = self.row
        return f"killed when {at}: {killed}; in doubt: {doubt or 'nobody'}; recovered: {outcome}, {recovered}"


def _told(balances: dict[str, int]) -> str:
    return ", ".join(f"{name} {balance}" for name, balance in balances.items())


def transfer_killed(folder: Path | str, at: str, amount: int = 10) -> Killed:
    """Has a process transfer an amount from ann to bob, kills it when it comes to the point `at`, and recovers.

    The files are made where there are none. Raises ValueError for a point that is none of `databases.POINTS`,
    RuntimeError where the process does not come so far.
    """
    if at not in databases.POINTS:
        raise ValueError(f"a coordinator can be killed when {', '.join(databases.POINTS)}; not {at!r}")
    if not (Path(folder) / "coordinator.db").exists():
        databases.create(folder)
    before = databases.balances(folder)
    with coordinator(folder, amount) as process:
        run_to(process, at)
    killed, doubt = databases.balances(folder), databases.in_doubt(folder)
    databases.recover(folder)
    return Killed(at, before, killed, doubt, databases.balances(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
