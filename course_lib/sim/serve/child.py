"""One node's process, seen from the one that started it: its start, what it says, its end."""

from __future__ import annotations

import json
import linecache
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from course_lib.sim.serve.boot import Boot

LAST_LINES = 8  # of what a process printed, in an error


class NodeFailed(RuntimeError):
    """A handler of a served node failed, or its process ended by itself; the text says which, and why."""


class Child:
    """A process, and the thread that reads what it says.

    Args:
        heard: called with each line that it says, as JSON's values.
        ended: called once, after the last line, when the process is no more.
    """

    def __init__(
        self,
        boot: Boot,
        heard: Callable[[Child, dict[str, Any]], None],
        ended: Callable[[Child], None],
    ) -> None:
        self.boot, self.name, self.heard, self.ended = boot, boot.name, heard, ended
        self.port: int | None = None
        self.started = self.killed = False
        self.over = False  # set by `ended`
        self.done = 0  # the ticket of the last command that it has carried out
        self.error = self.note = ""
        payload = _pickled(boot)
        with open(boot.log, "ab") as printed:
            self.process = subprocess.Popen(
                # -P: a file in the current folder must not stand in for a module of Python's own.
                [sys.executable, "-P", "-m", "course_lib.sim.serve"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=printed,
                env=_environment(),
                start_new_session=True,  # Ctrl-C in a terminal goes to us alone
            )
        self.thread = threading.Thread(target=self._listen, name=f"serve {boot.name}", daemon=True)
        self.thread.start()
        self._write(len(payload).to_bytes(8, "big") + payload)

    def tell(self, **command: Any) -> None:
        """Sends a command; a process that is no more gets none."""
        self._write(json.dumps(command).encode("ascii") + b"\n")

    def _write(self, data: bytes) -> None:
        assert self.process.stdin
        with suppress(OSError):  # it has ended; the thread notices too
            self.process.stdin.write(data)
            self.process.stdin.flush()

    def _listen(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            if line.endswith(b"\n"):  # the last one may be cut short by a kill
                self._hear(json.loads(line))
        self.process.wait()
        self.ended(self)

    def _hear(self, said: dict[str, Any]) -> None:
        match said:
            case {"port": port}:
                self.port = port
            case {"done": ticket}:
                self.done = max(self.done, ticket)
            case {"started": _}:
                self.started = True
            case {"error": error}:
                self.error, self.note = explained(self.boot, error), error["words"].partition("\n")[0]
        self.heard(self, said)

    def strike(self) -> None:
        """Ends the process by its id, without a chance to do anything more."""
        if self.process.poll() is None:  # one that has ended by itself was not killed by us
            self.killed = True
            self.process.kill()

    def kill(self) -> None:
        """Ends the process, and waits until it is gone and all that it said is heard."""
        self.strike()
        self.thread.join()
        for pipe in (self.process.stdin, self.process.stdout):
            assert pipe
            with suppress(OSError):  # something was still to be written
                pipe.close()

    def printed(self) -> str:
        """What the node has printed, in all its lives."""
        return Path(self.boot.log).read_text("utf-8", "replace")

    def failure(self) -> str:
        """Why it ended by itself."""
        last = "".join(f"\n    {line}" for line in self.printed().strip().splitlines()[-LAST_LINES:])
        why = self.error or f"{self.name} ended by itself, with code {self.process.returncode}"
        return why + (f"\n  it printed last:{last}" if last else "")


def explained(boot: Boot, error: dict[str, Any]) -> str:
    """A handler's error in a sentence, with the learner's line: a notebook's cells are known in this process only."""
    text = f"{boot.name} failed in {error['doing']}: {error['words']}"
    if error["line"] is None:
        return text
    file, number, function = error["line"]
    if not os.path.exists(file):  # cloudpickle leaves out where a notebook's function stands
        code = getattr(getattr(boot.kind, function, None), "__code__", None)
        file = code.co_filename if code else file
    source = linecache.getline(file, number).strip()
    if source in text and f"line {number}" in text:
        return text
    place = f"{function}, line {number}"
    return text + ("" if text.endswith(place) else f"\n  in {place}") + (f": {source}" if source else "")


def _pickled(boot: Boot) -> bytes:
    """A `Boot` as bytes; what is defined in a notebook goes by value. Raises TypeError for what cannot go."""
    import cloudpickle

    try:
        return cloudpickle.dumps(boot)
    except Exception as error:
        raise TypeError(
            f"the factory of {boot.name} cannot be taken to another process: {type(error).__name__}: {error}; "
            "a factory, and what it uses, has to be a class or a function over plain values"
        ) from error


def _environment() -> dict[str, str]:
    """As ours, with the same modules to be found."""
    path = os.pathsep.join(place or os.getcwd() for place in sys.path)
    return {**os.environ, "PYTHONPATH": path, "PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"}
