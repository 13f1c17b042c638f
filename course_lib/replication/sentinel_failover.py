"""Redis with Sentinel, its primary killed while a client writes: what that costs, measured on real servers.

    failover()                  # killed as it is: on loopback a copy arrives before anybody could crash
    failover(lag=0.1)           # its machine dies, with the last 0.1 s of what it had to send
    failover(lag=0.1, wait=1)   # the client asks WAIT after each write

Three sentinels watch a primary and its replicas. A client adds one number after the other to a set, through redis-py's
`master_for`. The primary gets SIGKILL, and no person helps. What is acknowledged and not in the set of the new primary
is lost. Redis replicates asynchronously: so many are lost as were acknowledged and on their way, rate x lag.

Two things differ from a machine that dies in a data centre. The client learns at once that its connection has ended;
of a dead machine it would hear nothing, and wait for its own timeout. And the old primary comes back with all that it
had written to its file; a machine may also lose the last second of that.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from time import sleep
from typing import Any

from course_lib.replication.sentinel_under_load import (
    PATIENCE,
    STEPS,
    TRY_AGAIN,
    client_of,
    numbers,
    on_its_disk,
    prefer,
    put_between,
    set_failover_timeout,
    steps_of,
)
from course_lib.replication.service import Service
from course_lib.replication.slow_link import slow_link
from course_lib.replication.writer import Writer
from course_lib.servers import RedisServer, sentinel
from course_lib.servers.process import wait_until

KEEPS = {"appendonly": "yes"}  # who comes back has what it had, so that we see it thrown away


@dataclass(frozen=True)
class Failover:
    """What one failover cost. Times are in seconds from the crash, but for `without_service`."""

    acknowledged: int
    """Writes, before and after."""
    rate: float
    """Acknowledged writes a second, before the crash."""
    lag: float
    """By how much the copy of the replica that took over was late, in seconds."""
    lost: int
    """Writes that were acknowledged, and that the new primary does not have in the end."""
    without_service: float
    """The longest time between two acknowledgements."""
    noticed: float | None
    """The first sentinel finds the primary down (+sdown). This and the next three: None if nobody said so."""
    agreed: float | None
    """As many of them do as the quorum asks for (+odown)."""
    elected: float | None
    """One of them is to carry out the failover (+elected-leader)."""
    decided: float | None
    """It has seen that a replica is a primary now, and tells clients so (+promoted-slave)."""
    served: float
    """A write is acknowledged again."""
    errors: Mapping[str, int]
    """Tries of the client that failed: how many, by the kind of error."""
    service: Service = field(repr=False)
    """What the client saw, for a picture."""
    back: float | None = None
    """The old primary runs again, with what its disk kept. This and the next three: None if it was not to."""
    only_it_had: int | None = None
    """How many numbers it had then, on its disk, that the new one lacked."""
    healed: float | None = None
    """It follows the new primary, and has caught up."""
    it_kept: int | None = None
    """How many of those that only it had it has then."""

    @property
    def on_their_way(self) -> float:
        """Acknowledged writes that the replica had not yet, at the moment of the crash: rate x lag."""
        return self.rate * self.lag


def failover(
    lag: float | Sequence[float] = 0.0,
    *,
    machine: bool = True,
    stalled: float = 0.0,
    oneway: bool = False,
    wait: int = 0,
    preferred: int | None = None,
    options: Mapping[str, object] | None = None,
    rate: float = 500.0,
    before: float = 1.0,
    down_after: float = 0.5,
    returns: bool = True,
) -> Failover:
    """Kills the primary of a real Redis under load. Takes about five seconds, four if it does not return.

    Args:
        lag: seconds by which each byte between primary and replicas is late, in either direction; one for each of two
            replicas, or a sequence with that of each.
        machine: whether the machine dies, and what has not arrived is lost. False: the process only, and it arrives.
        stalled: seconds for which nothing has arrived any more, in either direction, when the primary is killed.
        oneway: whether it is the primary's copies only that do not arrive; that replicas live it still hears.
        wait: how many replicas must have a write, as WAIT says, before the client takes it for acknowledged.
        preferred: which replica the sentinels prefer, counted from 0: it gets a better replica-priority.
        options: lines of redis.conf for all servers, such as `{"min-replicas-to-write": 1}`.
        rate: writes a second that the client makes at most; it waits for each. `before`: for so many seconds.
        down_after: seconds of silence after which a sentinel finds a server down; at least 0.5.
        returns: whether the old primary is started again.

    Raises:
        ValueError: a time below 0, or a replica that there is not.
        ServerMissing: no redis-server on this machine.
        ServerFailed: no failover, or no return, within a minute.
    """
    lags = (lag, lag) if isinstance(lag, int | float) else tuple(lag)
    _check(lags, stalled, rate, before, wait, preferred)
    with ExitStack() as stack:
        use = stack.enter_context
        group = use(sentinel(len(lags), options={**KEEPS, **(options or {})}, down_after=down_after))
        old = group.redis.primary
        links = [use(slow_link(old.port)) for _ in lags] if any(lags) or stalled else []
        put_between(group, links, lags)
        prefer(group, preferred)
        writer = use(client_of(group, rate, wait))
        steps = use(steps_of(group, writer))

        writer.wait(1)
        sleep(before)
        if stalled:
            for link in links:
                link.stall(oneway)
            sleep(stalled)
        steps.clear()  # what was said before is not about this
        for link in links if machine else ():
            link.lose()
        old.kill()
        crash = writer.now
        set_failover_timeout(group, TRY_AGAIN)
        new = group.new_primary(old)
        writer.wait(1)
        after = _return(writer, crash, old, new) if returns else {}

        written = writer.end()
        lost = set(range(1, len(written.answers) + 1)) - numbers(new)
        for server in group.servers:
            server.kill()  # a primary that is asked to end waits for its replicas
    told: dict[str, Any] = {
        name: round(steps[name] - crash, 3) if name in steps else None for name in STEPS.values()
    }
    service = Service(
        "Redis with Sentinel", tuple(written.answers), tuple(written.failures), _moments(crash, told | after)
    )
    assert service.gap
    return Failover(
        acknowledged=len(written.answers),
        rate=service.rate(crash - stalled, before),
        lag=stalled or lags[group.redis.replicas.index(new)],
        lost=len(lost),
        without_service=round(service.without_service, 3),
        served=round(service.gap[1] - crash, 3),
        errors=dict(sorted(written.errors.items())),
        service=service,
        **told,
        **after,
    )


def _check(
    lags: Sequence[float], stalled: float, rate: float, before: float, wait: int, preferred: int | None
) -> None:
    if not lags:
        raise ValueError("lag=(): give that of each replica, of at least one")
    for seconds in (*lags, stalled):
        if isinstance(seconds, bool) or not 0 <= seconds < PATIENCE:
            raise ValueError(f"lag and stalled are seconds, from 0 to {PATIENCE:g}, not {seconds!r}")
    if not rate > 0 or not before > 0:
        raise ValueError(f"rate and before are above 0, a second and seconds, not {rate!r} and {before!r}")
    if wait not in range(len(lags) + 1):
        raise ValueError(f"WAIT can ask for 0 to {len(lags)} replicas, as many as there are, not {wait!r}")
    if preferred is not None and preferred not in range(len(lags)):
        raise ValueError(f"the replicas are 0 to {len(lags) - 1}; preferred={preferred!r} is none of them")


def _return(writer: Writer, crash: float, old: RedisServer, new: RedisServer) -> dict[str, Any]:
    """Starts the old primary, which still takes itself for one; until it follows the new one."""
    only = on_its_disk(old) - numbers(new)
    old.restart()
    back = writer.now - crash

    def follows() -> bool:
        told = old.tells("INFO", "replication") or {}
        return told.get("master_port") == new.port and told["master_link_status"] == "up"

    wait_until(follows, "the old primary did not become a replica", PATIENCE, [old])
    return {
        "back": round(back, 3),
        "only_it_had": len(only),
        "healed": round(writer.now - crash, 3),
        "it_kept": len(only & numbers(old)),
    }


def _moments(crash: float, told: Mapping[str, Any]) -> tuple[tuple[float, str], ...]:
    words = {"decided": "a replica leads", "back": "the old one is back", "healed": "it has caught up"}
    after = [(crash + told[name], word) for name, word in words.items() if told.get(name) is not None]
    return ((crash, "the primary is killed"), *after)
