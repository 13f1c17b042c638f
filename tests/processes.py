"""What tests of servers ask the machine about a process, a program that plays one, and calls beside the test."""

import os
import queue
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from course_lib.servers.process import Server

LOOPBACK = {
    "0100007F",
    "0000000000000000FFFF00000100007F",
}  # 127.0.0.1, and the same in IPv6, as Linux writes them
LISTENS = "0A"  # the state, too

needs_signals = pytest.mark.skipif(os.name == "nt", reason="needs POSIX: signals, or a shell script")


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def where_it_listens(pid: int) -> set[str]:
    """The addresses on which a process listens, as Linux writes them."""
    if not sys.platform.startswith("linux"):
        pytest.skip("asks Linux who listens where")
    links = {os.readlink(entry) for entry in Path(f"/proc/{pid}/fd").iterdir() if entry.is_symlink()}
    rows = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]
    ]
    return {row[1].split(":")[0] for row in rows if row[3] == LISTENS and f"socket:[{row[9]}]" in links}


class StandIn(Server):
    """A few lines of Python in place of a server; it serves as soon as it has made the file "ready"."""

    program = "stand-in"
    SERVES = "import pathlib, time; pathlib.Path('ready').touch(); time.sleep(600)"

    def __init__(self, folder: Path, code: str = SERVES, patience: float = 20.0) -> None:
        super().__init__(Path(sys.executable), folder, 10_000, patience)
        self.code = code

    def command(self) -> list[str]:
        (self.folder / "ready").unlink(missing_ok=True)
        return [str(self.binary), "-c", self.code]

    def answers(self) -> bool:
        return (self.folder / "ready").exists()


def script(folder: Path, name: str, text: str) -> Path:
    """A shell script that stands in for a server's program."""
    path = folder / name
    path.write_text(f'#!/bin/sh\n[ "$1" = --version ] && echo "Redis server v=0.0.0" && exit\n{text}\n')
    path.chmod(0o755)
    return path


def in_a_thread(function: Callable[[], object]) -> "queue.Queue[object]":
    """Calls it in a thread; a queue gives its result, or its error."""
    results: queue.Queue[object] = queue.Queue()

    def run() -> None:
        try:
            results.put(function())
        except BaseException as error:
            results.put(error)

    threading.Thread(target=run, daemon=True).start()
    return results
