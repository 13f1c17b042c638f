"""A process that takes a lock on a real ZooKeeper and keeps it until somebody ends the process.

    with holding(ensemble.hosts, "/locks/report", timeout=2) as holder:
        holder.process.kill()

So that a lesson or a test can kill or stop a holder as the system would, and not only ask it to go.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass
class Holder:
    """The process, and the fencing token that it was given."""

    process: subprocess.Popen[str]
    token: int

    def pause(self) -> None:
        """Stops the process where it stands. POSIX only."""
        self.process.send_signal(signal.SIGSTOP)

    def leave(self) -> None:
        """Has it give the lock back and go."""
        self.process.communicate("go\n", timeout=10)


@contextmanager
def holding(hosts: str, path: str, timeout: float) -> Iterator[Holder]:
    """Starts the process; the block begins when it has the lock, and no process is left when it ends.

    Args:
        hosts: as for kazoo, such as "127.0.0.1:2181".
        timeout: of its session, in seconds.

    Raises RuntimeError where it ended without the lock.
    """
    command = [sys.executable, "-m", "course_lib.locks.holder", hosts, path, str(timeout)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout
        said = process.stdout.readline().strip()
        if not said.isdigit():
            raise RuntimeError(f"the holder of {path} ended before it had the lock; is {hosts} there?")
        yield Holder(process, int(said))
    finally:
        process.kill()  # a stopped process too
        process.wait()


def main(hosts: str, path: str, timeout: str) -> None:
    from kazoo.client import KazooClient

    from course_lib.locks.zookeeper import ZooKeeperLock

    client = KazooClient(hosts, timeout=float(timeout))
    client.start(timeout=10)
    lock = ZooKeeperLock(client, path)
    lock.acquire()
    print(lock.token, flush=True)
    sys.stdin.readline()  # until we are told to go, or who started us has gone
    lock.release()
    client.stop()
    client.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
