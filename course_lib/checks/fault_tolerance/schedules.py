"""What befalls the replicas of 10.primary: runs with faults, talks, and every schedule of a small world."""

from __future__ import annotations

from typing import Any

from course_lib.checks.fault_tolerance.serving import (
    READ,
    WRITE,
    answered,
    follows_one,
    serving,
    takes_nothing_older,
    talking,
)
from course_lib.checks.trials import Explore, Run, Setup, Trial
from course_lib.replication.logs import Entry
from course_lib.replication.members import Copy
from course_lib.replication.views import VIEWS, View
from course_lib.sim import Crash, Delay, Drop, Partition

ALL = ("s1", "s2", "s3")
BOTH, ONE, OTHER = ("s1", "s2"), ("s1",), ("s2",)
WRITE_2, CAS = ("write", "x", 2), ("cas", "x", None, 1)
PATIENT = 6  # tries more
Who = dict[str, tuple[tuple[str, ...], tuple[Any, ...]]]


def clients(**of: tuple[tuple[str, ...], tuple[Any, ...]]) -> Who:
    """Of each client whom it asks, and what for."""
    return of


def run(who: Who, *faults: Any, endings: Any = (answered,), **options: Any) -> Run:
    return Run(Setup(serving, (who,), {"retries": PATIENT, **options}), faults, endings)


def every(who: Who, budget: dict[str, int], **options: Any) -> Explore:
    return Explore(Setup(serving, (who,), options), budget, most=40_000)


def talk(*said: tuple[str, Any]) -> Run:
    return Run(Setup(talking, (list(said),)), (), (takes_nothing_older, follows_one))


def unheard(*faults: Any, suspected: float = 1.0) -> Run:
    """s2 leads, and s3 hears of it by a Copy alone, s1 not at all. bob writes at s2, ann at s1, then s2 dies."""
    return run(
        clients(ann=(ONE, (READ, WRITE)), bob=(OTHER, (WRITE_2,))),
        Delay("views>s1#1", by=9),
        Delay("views>s3#1", by=9),
        *faults,
        Crash("s2", at=2.9),
        endings=(),
        replicas=3,
        suspects={"s1": suspected, "s2": 3.0},
        think=2.5,
    )


OF_TWO = clients(ann=(BOTH, (WRITE, READ)), bob=(("s2", "s1"), (READ, WRITE_2, READ)))
OF_THREE = clients(ann=(ALL, (WRITE, READ)), bob=(ALL, (READ, WRITE_2, READ)))
OF_ANN = clients(ann=(ALL, (WRITE, READ)))
WRITER = clients(ann=(BOTH, (WRITE, READ)))
WRITERS = clients(ann=(ONE, (WRITE,)), bob=(OTHER, (WRITE_2,)))
NOBODY: dict[str, float] = {}
IN_TURN = {"s1": 1.0, "s2": 3.0}
ONE_BY_ONE = {"s1": 1.0, "s2": 2.0}
BOTH_DIE = (Crash("s1", at=0.5), Crash("s2", at=0.5))
OF_S1, OF_S3 = View(2, ("s1", "s2")), View(2, ("s3", "s2"))
LOG = (Entry("ann", 1, WRITE),)

RUNGS: dict[str, tuple[Trial, ...]] = {
    "nothing fails": (
        run(WRITER, suspects=NOBODY),
        run(clients(ann=(ONE, (WRITE,)), bob=(ONE, (WRITE_2,))), suspects=NOBODY),
        run(OF_TWO, suspects=NOBODY),
        run(OF_THREE, suspects=NOBODY, replicas=3),
        run(clients(ann=(ONE, (CAS,)), bob=(ONE, (CAS, READ))), suspects=NOBODY),
    ),
    "a message is lost": (
        run(WRITER, Drop("s1>s2#1"), suspects=NOBODY),
        run(WRITER, Drop("s2>s1#1"), suspects=NOBODY),
        run(WRITER, Drop("s1>ann#1"), suspects=NOBODY),
        # ann asks again after bob has read and written.
        run(
            clients(ann=(ONE, (WRITE,)), bob=(ONE, (READ, WRITE_2, READ))),
            Drop("s1>ann#1"),
            suspects=NOBODY,
            think=0.6,
        ),
    ),
    "a backup dies": (
        run(OF_TWO, Crash("s2", at=0.005), suspects={"s2": 1.0}),
        run(OF_THREE, Crash("s3", at=0.005), replicas=3, suspects={"s3": 1.0}),
        run(
            OF_THREE,
            Crash("s2", at=0.005),
            Crash("s3", at=0.005),
            replicas=3,
            suspects={"s2": 1.0, "s3": 1.5},
        ),
    ),
    "the primary dies": (
        run(OF_TWO, Crash("s1", at=0.5), think=0.6),
        run(OF_TWO, Crash("s1", at=0.035)),
        run(OF_THREE, Crash("s1", after="s1>s2#1"), replicas=3),
        # s3 has the entry, s2 does not, and leads.
        run(OF_ANN, Drop("s1>s2#1"), Crash("s1", at=0.045), replicas=3),
        run(clients(ann=(BOTH, (WRITE, WRITE_2))), Drop("s1>s2#2"), Crash("s1", at=0.08)),
        # s3 has nothing, and s2 has said Have twice.
        run(
            clients(ann=(ONE, (WRITE,)), bob=(ONE, (WRITE_2,))),
            Partition({"s1"}, {"s3"}, at=0),
            *BOTH_DIE,
            endings=(),
            replicas=3,
            suspects=ONE_BY_ONE,
        ),
        # s3 has said Have, and lacks the second entry.
        run(
            clients(ann=(ONE, (WRITE, WRITE_2))),
            Drop("s1>s3#2"),
            *BOTH_DIE,
            endings=(),
            replicas=3,
            suspects=ONE_BY_ONE,
        ),
        # s2 asks again and again, is not heard, and s1 dies.
        run(
            clients(ann=(ONE, (WRITE,))),
            Partition({"s1"}, {"s2"}, at=0, until=1.7),
            Crash("s1", at=1.5),
            endings=(),
            suspects={"s1": 2.0},
        ),
    ),
    "a backup hears of a view from its leader alone": (
        run(OF_ANN, Crash("s1", at=0.005), replicas=3, retries=20),
        run(OF_ANN, Crash("s1", at=0.005), Drop("views>s3#1"), replicas=3, retries=20),
    ),
    "it is replaced, and lives": (
        # It is cut off, with a client that reads.
        run(
            clients(ann=(BOTH, (READ, READ)), bob=(OTHER, (WRITE_2, READ))),
            Partition({"s1", "ann"}, {"s2", "bob", VIEWS}, at=0.5, until=5),
            think=2.5,
        ),
        # A backup is left out, cut off with a client that reads.
        run(
            clients(ann=(ONE, (READ, WRITE)), bob=(("s2", "s1"), (READ, READ, READ))),
            Partition({"s2", "bob"}, {"s1", "ann", VIEWS}, at=0.5, until=4),
            suspects={"s2": 1.0},
            think=1.5,
        ),
        # It does not hear that it has been replaced, and reaches s2.
        run(
            clients(ann=(BOTH, (READ, WRITE, READ)), bob=(OTHER, (WRITE_2, READ))),
            Partition({"s1"}, {VIEWS}, at=0.5),
            think=2.5,
        ),
        # It hears it, and somebody waits for its answer.
        run(WRITER, Partition({"s1"}, {"s2"}, at=0, until=3)),
        # bob reads at s1, while ann's write is on its way to nobody.
        run(
            clients(ann=(ONE, (WRITE,)), bob=(BOTH, (READ, READ))),
            Delay("ann>s1#1", by=0.005),
            Drop("s1>s2#2"),
            Crash("s1", at=0.05),
            endings=(),
        ),
    ),
    "it is replaced, and so is the next one": (
        # s3 alone has the entry of ann.
        run(
            clients(ann=(ONE, (WRITE,)), bob=(("s2", "s3"), (WRITE_2, READ))),
            Drop("s1>s2#1"),
            Crash("s1", at=0.035),
            Crash("s2", at=2.5),
            endings=(),
            replicas=3,
            suspects=IN_TURN,
            think=1.0,
        ),
        # The same, and ann asks s2 when bob has written.
        run(
            clients(ann=(BOTH, (WRITE,)), bob=(("s2", "s3"), (WRITE_2, READ, READ))),
            Drop("s1>s2#1"),
            Crash("s1", at=0.035),
            Crash("s2", at=4.0),
            replicas=3,
            suspects={"s1": 1.0, "s2": 4.5},
            think=1.0,
        ),
        # The second view is over before its leader has sent anything: s3 leads with the log of the first.
        run(clients(ann=(ONE, (WRITE,))), *BOTH_DIE, replicas=3, suspects=ONE_BY_ONE),
        unheard(),
        # s3 leads the third view, and hears of the second. s2 has not heard of the third.
        run(
            clients(ann=(OTHER, (READ, READ)), bob=(("s3",), (WRITE_2,))),
            Delay("views>s2#2", by=9),
            Delay("views>s3#1", by=1.5),
            endings=(),
            replicas=3,
            suspects={"s1": 1.0, "s2": 1.5},
            think=2.2,
        ),
    ),
    "one crashes, and is back": (
        run(WRITER, Crash("s2", after="s2>s1#1", until=0.5), Crash("s1", at=0.06)),
        run(WRITER, Crash("s1", at=0.035, until=0.5), suspects=NOBODY),
        run(
            clients(ann=(BOTH, (READ, WRITE, READ)), bob=(OTHER, (WRITE_2, READ))),
            Partition({"s1"}, {VIEWS}, at=0.5),
            Crash("s2", at=2.3, until=2.4),
            think=2.5,
        ),
        unheard(Crash("s3", at=2.3, until=2.4)),
        # Here the first Copy that comes to s3 has bob's write, also if s2 sends one as soon as it leads.
        unheard(
            Partition({"s2"}, {"s3"}, at=0.5, until=1.5),
            Crash("s3", after="s3>s2#1", until=2.4),
            suspected=0.9,
        ),
    ),
    "a number comes twice": (
        talk(("s1", Copy(View(1, ALL), LOG)), ("s1", Copy(OF_S1, LOG)), ("s3", Copy(OF_S3))),
        talk((VIEWS, OF_S1), ("s1", Copy(OF_S1, LOG)), (VIEWS, OF_S3), ("s3", Copy(OF_S3))),
        talk((VIEWS, OF_S3), ("s1", Copy(View(1, ALL), LOG))),
    ),
    "every schedule in which another leads": (
        every(clients(ann=(ONE, (WRITE,)), bob=(OTHER, (READ,))), {"timeouts": 1}),
        every(clients(ann=(ONE, (WRITE,)), bob=(OTHER, (WRITE_2, READ))), {"timeouts": 1}),
        every(clients(ann=(ONE, (READ, READ)), bob=(OTHER, (WRITE,))), {"timeouts": 1}),
        every(clients(ann=(ONE, (WRITE,)), bob=(OTHER, (READ, READ))), {"timeouts": 1}, suspects={"s2": 1.0}),
        every(clients(ann=(ONE, (READ, READ)), bob=(OTHER, (WRITE,)), cem=(ONE, (READ,))), {"timeouts": 1}),
    ),
    "every schedule with three replicas": (
        every(WRITERS, {"timeouts": 1}, replicas=3),
        every(clients(bob=(OTHER, (WRITE_2,))), {"timeouts": 2}, replicas=3, suspects=IN_TURN),
    ),
    "every schedule with a crash": (
        every(WRITERS, {"timeouts": 1, "crashes": 1}),
        every(clients(ann=(ONE, (WRITE,)), bob=(ONE, (WRITE_2,))), {"timeouts": 1, "crashes": 1}),
    ),
    "every schedule with a loss": (
        every(WRITERS, {"timeouts": 1, "losses": 1}),
        every(clients(ann=(ONE, (CAS,))), {"timeouts": 1, "losses": 1}, retries=1),
        every(clients(ann=(BOTH, (CAS,))), {"timeouts": 2, "losses": 1}, retries=1),
    ),
}
