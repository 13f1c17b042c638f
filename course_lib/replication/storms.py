"""Bad weather: faults of every kind, drawn by a seed, and clients that work all the while."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from course_lib.replication.customers import Clients, judged
from course_lib.replication.views import VIEWS
from course_lib.sim import (
    ClockSkew,
    Crash,
    Delay,
    Drop,
    Duplicate,
    Fault,
    Network,
    Partition,
    Pause,
    Scenario,
    Trace,
    calls,
)

LASTS = 4.0  # seconds until the last fault ends; then all can heal
CLIENTS = ("ann", "bob", "cem")
REPLICAS = ("s1", "s2", "s3")


def through_a_storm(scenario: Callable[..., Scenario], seed: int, **options: Any) -> tuple[Trace, str]:
    """Three replicas and three clients through faults of every kind; the run, and what went wrong, if anything did.

    With an odd seed the view service hears so badly that it suspects somebody most of the time: views follow each other
    quickly, and nobody is promised an answer; some clients give up early, and what they asked for may yet be done. With
    an even one every client has to be done in the end.

    Args:
        scenario: `primary_backup.scenario` or `chain.scenario`.
        options: the safeguards, the mode.
    """
    random, nervous = Random(f"clients {seed}"), seed % 2 == 1
    options |= {
        "clients": _clients(random, seed),
        "joined": random.randint(1, len(REPLICAS)),
        "network": weather(seed, nervous),
        "timeout": 0.4,
        "retries": random.choice([1, 1000]) if nervous else 1000,
        "think": random.uniform(0.02, 0.4),
        "invariants": (),
    }
    faults = storm(seed)
    trace, wrong = _judged(scenario(len(REPLICAS), until=10.0, **options), faults, seed, ends=False)
    if wrong or nervous or all(call.ended for call in calls(trace)):
        return trace, wrong
    return _judged(
        scenario(len(REPLICAS), until=30.0, **options), faults, seed, ends=True
    )  # some need longer


def _clients(random: Random, seed: int) -> Clients:
    return {name: (random.sample(REPLICAS, 3), operations) for name, operations in work(seed).items()}


def _judged(system: Scenario, faults: Sequence[Fault], seed: int, ends: bool) -> tuple[Trace, str]:
    """Without the faults of messages that are never sent in this run: a run with such a one is refused."""
    try:
        return judged(system, faults, seed, ends)
    except ValueError as error:
        left = [fault for fault in faults if not str(error).startswith(f"{fault!r} names nothing")]
        if len(left) == len(faults):
            raise
        return _judged(system, left, seed, ends)


def through_a_grey_day(
    scenario: Callable[..., Scenario], seed: int, *, cuts: bool = True, **options: Any
) -> tuple[Trace, str]:
    """The same where all but one thing is well, and that for ever: one replica stands still and goes on to ping.

    Or, if `cuts`, in half of the cases, one replica does not reach another, though all else reach both.
    """
    random = Random(f"grey {seed}")
    clients = _clients(random, seed)
    one, other = random.sample(REPLICAS, 2)
    at = round(random.uniform(1, 2), 3)
    cut = cuts and random.random() < 0.5
    system = scenario(
        len(REPLICAS),
        clients=clients,
        grey=None if cut else {one: at},
        until=20.0,
        timeout=0.4,
        retries=1000,
        think=0.3,
        invariants=(),
        **options,
    )
    return judged(system, [Partition({one}, {other}, at=at, oneway=True)] if cut else [], seed)


def weather(seed: int, nervous: bool = False) -> Network:
    """A network that loses, repeats and reorders messages; if `nervous`, those of the view service most of all."""
    random = Random(f"weather {seed}")
    badly = {"loss": random.choice([0.2, 0.4]), "jitter": random.choice([0.0, 0.1, 0.3])}
    links = {link: badly for name in REPLICAS for link in ((name, VIEWS), (VIEWS, name))} if nervous else {}
    jitter, loss = random.choice([0.0, 0.02, 0.1]), random.choice([0.0, 0.02, 0.1])
    return Network(jitter=jitter, loss=loss, duplicate=random.choice([0.0, 0.1]), links=links)


def storm(seed: int, most: int = 6) -> list[Fault]:
    """Up to so many misfortunes of replicas and view service, and of the links between all nodes. They end at LASTS."""
    random = Random(f"storm {seed}")
    kinds: list[Callable[[Random], list[Fault]]] = [
        _crash, _two_crashes, _partition, _unheard, _unheard, _pause, _skew, _message, _message,
    ]  # fmt: skip
    return [fault for _ in range(random.randint(1, most)) for fault in random.choice(kinds)(random)]


def _span(random: Random) -> tuple[float, float]:
    """From when to when; too short to be noticed, or long enough."""
    at = round(random.uniform(0.0, LASTS - 1), 3)
    lasts = random.choice([random.uniform(0.01, 0.3), random.uniform(0.3, 3)])
    return at, round(min(LASTS, at + lasts), 3)


def _crash(random: Random) -> list[Fault]:
    """Who comes back does not always hear the view service at once."""
    at, until = _span(random)
    name = random.choice([*REPLICAS, VIEWS])
    faults: list[Fault] = [Crash(name, at=at, until=until)]
    if name != VIEWS and random.random() < 0.5:
        faults.append(Partition({name}, {VIEWS}, at=at, until=_later(random, until)))
    return faults


def _two_crashes(random: Random) -> list[Fault]:
    """One replica in the middle of something, to be back at once, and soon after it another for a while.

    Up to ten messages a second pass between two replicas here: so one can guess about when the first crash is.
    """
    one, other, third = random.sample(REPLICAS, 3)
    number = random.randint(1, 20)
    at = round(number * random.uniform(0.1, 0.15) + random.uniform(0.0, 0.3), 3)
    second = Crash(random.choice([other, third]), at=at, until=_later(random, at + 0.5))
    return [Crash(one, after=f"{one}>{other}#{number}", until=0.01), second]


def _later(random: Random, time: float) -> float:
    return round(min(LASTS, time + random.uniform(0.2, 1.0)), 3)


def _partition(random: Random) -> list[Fault]:
    """Of some nodes from some others; half of them go one way only, and some leave others out."""
    at, until = _span(random)
    everybody = [*REPLICAS, VIEWS, *CLIENTS]
    random.shuffle(everybody)
    size = random.randint(1, len(everybody) - 2)
    rest = everybody[size : random.randint(size + 1, len(everybody))]
    return [Partition(everybody[:size], rest, at=at, until=until, oneway=random.random() < 0.5)]


def _unheard(random: Random) -> list[Fault]:
    """Of one replica and some clients from the view service and the others; the other replicas hear both sides.

    So some go on to ask one that is left out and does not know it.
    """
    some = random.sample(CLIENTS, random.randint(0, len(CLIENTS)))
    at, until = round(random.uniform(0.0, LASTS - 2), 3), round(random.uniform(LASTS - 1, LASTS), 3)
    rest = [VIEWS, *(client for client in CLIENTS if client not in some)]
    return [Partition([random.choice(REPLICAS), *some], rest, at=at, until=until)]


def _pause(random: Random) -> list[Fault]:
    at, until = _span(random)
    return [Pause(random.choice([*REPLICAS, VIEWS]), at=at, until=until)]


def _skew(random: Random) -> list[Fault]:
    at, until = _span(random)
    rate = round(random.uniform(0.3, 3), 2)
    return [ClockSkew(random.choice([*REPLICAS, VIEWS]), rate=rate, at=at, until=until)]


def _message(random: Random) -> list[Fault]:
    """Something befalls one message, or its sender right after it: then it is back at once, or at `until`."""
    one, other = random.sample([*REPLICAS, *REPLICAS, VIEWS], 2)
    one, other = (one, other) if one != other else (one, VIEWS)
    id, by = f"{one}>{other}#{random.randint(1, 20)}", round(random.uniform(0.1, 2), 3)
    crash = Crash(one, after=id, until=by)
    return [random.choice([Drop(id), Delay(id, by=by), Duplicate(id, after=by), crash, crash])]


def work(
    seed: int, operations: int = 6, keys: Sequence[str] = ("x", "y")
) -> dict[str, list[tuple[Any, ...]]]:
    """Operations of each client: reads, writes of values that nobody else writes, compare-and-sets; a read at last."""
    random = Random(f"work {seed}")
    found: dict[str, list[tuple[Any, ...]]] = {}
    value = 0
    for client in CLIENTS:
        mine: list[tuple[Any, ...]] = []
        for _ in range(operations):
            key, value = random.choice(keys), value + 1
            kinds = [("read", key), ("write", key, value), ("cas", key, random.randrange(value), value)]
            mine.append(random.choice(kinds))
        found[client] = [*mine, *(("read", key) for key in keys)]
    return found
