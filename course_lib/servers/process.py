"""A server's process on loopback: started on a free port, awaited by asking, crashed or paused at will, and stopped.

Nothing here knows which server it is; the modules beside this one do.
"""

import atexit
import os
import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import SystemRandom
from typing import TypeVar

from course_lib.servers.programs import version

# Systems lend ports from 32768 up to outgoing connections. A server whose port lies below finds it free again when it
# restarts. A Redis Cluster's node also takes the port 10,000 above its own.
PORTS = range(10_000, 22_000)
PORT_RACES = 5  # how often another program may snatch our port before we give up
GRACE = 5.0  # seconds between asking a process to end and killing it


class ServerFailed(RuntimeError):
    """A server ended, or did not answer in time; the message holds the last lines of its log."""


class PortTaken(ServerFailed):
    """Another program took the port after we had found it free."""


class Server:
    """One server's process. A restart keeps its port and its folder, and so what it has written there."""

    program = "server"  # what a sentence calls it
    noise = r"$"  # lines of its log that say nothing of why it ended

    def __init__(self, binary: Path, folder: Path, port: int, patience: float) -> None:
        self.binary, self.folder, self.port, self.patience = binary, folder, port, patience
        self.log = folder / "log"
        self.process: subprocess.Popen[bytes] | None = None
        self._paused = False

    def command(self) -> list[str]:
        """What is run, word by word."""
        raise NotImplementedError

    def answers(self) -> bool:
        """Whether this very process, and no other on its port, serves by now."""
        raise NotImplementedError

    @property
    def environment(self) -> dict[str, str]:
        return dict(os.environ)

    @property
    def version(self) -> str:
        """The server's own version, such as "7.0.15"."""
        return version(self.binary)

    @property
    def pid(self) -> int:
        assert self.process, f"{self.program} has not been started"
        return self.process.pid

    @property
    def running(self) -> bool:
        """Whether the process lives; a paused one does."""
        return self.process is not None and self.process.poll() is None

    def launch(self) -> None:
        """Starts the process; `wait_until_ready` waits for its answer."""
        self.folder.mkdir(parents=True, exist_ok=True)
        # A kernel that ends inside the block must not leave the server behind.
        atexit.register(self.stop)
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command(),
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self._paused = False

    def wait_until_ready(self) -> None:
        """Asks until the server answers.

        Raises:
            ServerFailed: it ended, or gave no answer within `patience` seconds.
        """
        wait_until(self.answers, f"{self.program} gave no answer", self.patience, [self])

    def stop(self) -> None:
        """Ends the process: asked first, killed if it does not go. Stopping twice is harmless."""
        if self.running:
            assert self.process
            self.ask_to_end()
            try:
                self.process.wait(GRACE)
            except subprocess.TimeoutExpired:
                self.kill()
        atexit.unregister(self.stop)

    def ask_to_end(self) -> None:
        """Sends SIGTERM and does not wait."""
        if self.process and self.running:
            self.process.terminate()
            self.resume()  # a paused process hears nothing before it goes on

    def kill(self) -> None:
        """A crash: the process is gone at once (SIGKILL); what it had not written down is gone with it."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def restart(self) -> None:
        """Starts the server again on its port and folder, ended kindly before if it still ran."""
        self.stop()
        self.launch()
        self.wait_until_ready()

    def pause(self) -> None:
        """Holds the process where it stands (SIGSTOP) until `resume()`: it keeps its connections and does nothing.

        Raises:
            ServerFailed: it does not run.
            NotImplementedError: on Windows, which has no such signal.
        """
        if os.name == "nt":
            raise NotImplementedError("Windows has no SIGSTOP, so that no server can be paused. WSL has it.")
        self.raise_if_ended()
        if not self._paused:
            os.kill(self.pid, signal.SIGSTOP)
            os.waitpid(self.pid, os.WUNTRACED)  # the signal takes a moment
            self._paused = True

    def resume(self) -> None:
        """Lets a paused process go on (SIGCONT)."""
        if os.name != "nt" and self.running:
            os.kill(self.pid, signal.SIGCONT)
        self._paused = False

    def raise_if_ended(self) -> None:
        if not self.running:
            code = self.process.returncode if self.process else None
            failure = PortTaken if "in use" in self._log() else ServerFailed
            raise failure(f"{self.program} ended with code {code}: {self.last_lines()}")

    def last_lines(self, lines: int = 5) -> str:
        """The end of the log of this run, without the noise."""
        all_lines = [line for line in self._log().splitlines() if line.strip()]
        telling = [line for line in all_lines if not re.match(self.noise, line)] or all_lines
        return " | ".join(line.strip()[:300] for line in telling[-lines:])

    def _log(self) -> str:
        return self.log.read_text(errors="replace") if self.log.exists() else ""

    def __repr__(self) -> str:
        return f"<{self.program} {self.version} on 127.0.0.1:{self.port}, process {self.pid}>"


Kind = TypeVar("Kind", bound=Server)
Found = TypeVar("Found")


@contextmanager
def running(name: str, make: Callable[[Path], Sequence[Kind]]) -> Iterator[Sequence[Kind]]:
    """Runs the servers that `make(folder)` describes while the block lasts, however it ends.

    All are launched, then each is awaited. If one fails, all are stopped. If the reason is a port that another program
    took first, they are made anew with other ports.
    """
    for _ in range(PORT_RACES):
        with ExitStack() as stack:
            folder = tempfile.TemporaryDirectory(prefix=f"{name}-", ignore_cleanup_errors=True)
            servers = make(Path(stack.enter_context(folder)))
            stack.callback(_stop_all, servers)
            try:
                for server in servers:
                    server.launch()
                for server in servers:
                    server.wait_until_ready()
            except PortTaken:
                continue
            yield servers
            return
    raise ServerFailed(f"{PORT_RACES} times in a row another program took a port before {name} could")


def _stop_all(servers: Sequence[Server]) -> None:
    for server in servers:
        server.ask_to_end()  # all at once, then each is waited for
    for server in servers:
        server.stop()


def wait_until(
    happened: Callable[[], Found], failure: str, patience: float, servers: Sequence[Server] = ()
) -> Found:
    """Asks every 10 ms whether it has happened; returns the first answer that is true.

    Raises:
        ServerFailed: not within `patience` seconds, or one of the servers ended meanwhile.
    """
    end = time.monotonic() + patience
    while not (found := happened()):
        for server in servers:
            server.raise_if_ended()
        if time.monotonic() > end:
            logs = "".join(f": {server.last_lines()}" for server in servers[:1])
            raise ServerFailed(f"{failure} in {patience:g} s{logs}")
        time.sleep(0.01)
    return found


def free_port(above: int = 0) -> int:
    """A port of loopback that was free a moment ago; with `above`, the one so far above it was free, too."""
    # Not the generator that a lesson has seeded: its draws are the lesson's.
    for port in SystemRandom().sample(PORTS, len(PORTS)):
        if _is_free(port) and (not above or _is_free(port + above)):
            return port
    raise ServerFailed(f"no port from {PORTS[0]} to {PORTS[-1]} is free")


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
