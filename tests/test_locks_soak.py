"""Processes that are killed at random, one lock whose lease is too short for some, and a number that must be right."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from processes import needs_signals
from redis_backends import until

from course_lib import servers

WORKER = Path(__file__).with_name("lock_worker.py")
SECONDS = float(os.environ.get("SOAK", "60"))

pytestmark = [pytest.mark.needs("redis-server"), needs_signals]


class Workers:
    """So many processes. One that is killed is followed by another; all are ended with the block, by process id."""

    def __init__(self, number: int, port: int, folder: Path, kind: str) -> None:
        self.port, self.folder, self.kind = port, folder, kind
        self.kills = self.started = 0
        self.processes: list[subprocess.Popen[bytes]] = []
        self.number = number

    def __enter__(self) -> "Workers":
        try:
            for _ in range(self.number):
                self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.kill()
        for process in self.processes:
            process.wait()

    def start(self) -> None:
        self.started += 1
        log = self.folder / f"{self.started}.log"
        command = [sys.executable, WORKER, str(self.port), log, self.kind]
        with log.with_suffix(".errors").open("wb") as errors:
            self.processes.append(subprocess.Popen(command, stderr=errors))

    def kill_one(self, chance: random.Random) -> None:
        """Without a word of warning: it may be anywhere between two instructions."""
        doomed = self.processes.pop(chance.randrange(len(self.processes)))
        assert doomed.poll() is None, self.errors()
        doomed.kill()
        doomed.wait()
        self.kills += 1
        self.start()

    def end(self) -> None:
        """Each ends its turn first, so nothing is left in doubt."""
        for process in self.processes:
            until(lambda process=process: self.ready(process))
            process.terminate()
        for process in self.processes:
            process.wait(60)
        assert {process.returncode for process in self.processes} == {0}, self.errors()

    def ready(self, process: subprocess.Popen[bytes]) -> bool:
        """A process that has not yet set its handler would die of SIGTERM; its log is made after."""
        return (self.folder / Path(process.args[3]).name).exists()

    def acknowledged(self) -> list[int]:
        """The tokens of all updates that somebody was told are done."""
        return [int(line) for log in self.folder.glob("*.log") for line in log.read_bytes().splitlines()]

    def errors(self) -> str:
        return "".join(path.read_text() for path in self.folder.glob("*.errors"))


def day(folder, kind, workers, enough, seed=0):
    """A day ends when `enough(workers)`. Returns the final value, the tokens acknowledged, and the number of kills."""
    chance = random.Random(seed)
    with servers.redis() as server, Workers(workers, server.port, folder, kind) as crowd:
        until(lambda: len(crowd.acknowledged()) > 20)
        while not enough(crowd):
            due = len(crowd.acknowledged()) + chance.randrange(2, 40)
            until(lambda due=due: len(crowd.acknowledged()) >= due)
            crowd.kill_one(chance)
        crowd.end()
        return int(server.client().get("stock")), crowd.acknowledged(), crowd.kills


def some(kills, updates):
    return lambda crowd: crowd.kills >= kills and len(crowd.acknowledged()) >= updates


def check(value, tokens, kills):
    """No acknowledged update is lost, and none is there but those and what was under way when somebody was killed."""
    assert len(set(tokens)) == len(tokens)  # each update had a turn of its own
    assert len(tokens) <= value <= len(tokens) + kills


def test_no_acknowledged_update_is_lost_though_holders_are_killed_and_late(tmp_path):
    check(*day(tmp_path, "fenced", workers=4, enough=some(kills=8, updates=300)))


def test_without_a_check_at_the_resource_updates_are_lost(tmp_path):
    """The same day. It shows that the test above could fail."""
    value, tokens, _ = day(tmp_path, "plain", workers=4, enough=some(kills=8, updates=300))
    assert len(set(tokens)) == len(tokens)  # the lock alone does as it should
    assert value < len(tokens)


@pytest.mark.soak
@pytest.mark.timeout(SECONDS * 2 + 180)
@pytest.mark.parametrize("seed", [1, 2])
def test_eight_processes_for_a_minute_lose_no_acknowledged_update(tmp_path, seed):
    end = time.monotonic() + SECONDS
    value, tokens, kills = day(
        tmp_path, "fenced", workers=8, enough=lambda crowd: time.monotonic() > end, seed=seed
    )
    print(f"{len(tokens)} updates acknowledged, {kills} kills, the value is {value}")
    check(value, tokens, kills)
    assert kills > SECONDS / 6 and len(tokens) > 10 * SECONDS
