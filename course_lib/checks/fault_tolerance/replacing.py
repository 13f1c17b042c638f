"""Runs of 10.primary in which somebody else leads then: the primary is dead, or it lives, and the next one too."""

from __future__ import annotations

from typing import Any

from course_lib.checks.fault_tolerance.playing import (
    ALL,
    BOTH,
    BOTH_DIE,
    FROM_2_TO_3,
    IN_TURN,
    OF_ANN,
    OF_THREE,
    OF_TWO,
    ONE,
    ONE_BY_ONE,
    OTHER,
    WRITE_2,
    WRITER,
    clients,
    run,
    unheard,
)
from course_lib.checks.fault_tolerance.serving import READ, WRITE
from course_lib.checks.trials import Run, Trial
from course_lib.replication.views import VIEWS
from course_lib.sim import Crash, Delay, Drop, Partition


def cut_off(ann: tuple[Any, ...], bob: tuple[Any, ...]) -> Run:
    """s1 and ann are cut off from the others, and s2 leads."""
    return run(
        clients(ann=(BOTH, ann), bob=(OTHER, bob)),
        Partition({"s1", "ann"}, {"s2", "bob", VIEWS}, at=0.5, until=5),
        think=2.5,
    )


REPLACED: dict[str, tuple[Trial, ...]] = {
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
        # s2 has the entry, and when it leads, ann asks again after bob has read and written.
        run(
            clients(ann=(BOTH, (WRITE,)), bob=(OTHER, (READ, WRITE_2, READ))),
            Delay("bob>s2#1", by=0.6),
            Crash("s1", at=0.015),
            suspects={"s1": 0.5},
            think=0.3,
        ),
        # s3 alone has what bob reads, and s2 leads.
        run(
            clients(ann=(ONE, (WRITE,)), bob=(BOTH, (READ, READ))),
            Delay("bob>s1#1", by=0.02),
            Partition({"s1"}, {"s2"}, at=0),
            endings=(),
            replicas=3,
            think=1.5,
        ),
    ),
    "a backup hears of a view from its leader alone": (
        run(OF_ANN, Crash("s1", at=0.005), replicas=3, retries=20),
        run(OF_ANN, Crash("s1", at=0.005), Drop("views>s3#1"), replicas=3, retries=20),
    ),
    "it is replaced, and lives": (
        # With a client that reads, with one that compares, with one that writes the value that it knows.
        cut_off(ann=(READ, READ), bob=(WRITE_2, READ)),
        cut_off(ann=(WRITE, FROM_2_TO_3), bob=(WRITE_2, READ)),
        cut_off(ann=(WRITE, WRITE), bob=(WRITE_2,)),
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
        # The same, and s3 does not hear of the second view at all.
        run(OF_ANN, Drop("views>s3#1"), *BOTH_DIE, replicas=3, suspects=ONE_BY_ONE, think=0.6),
        # s3 has two entries that s2 does not have, who leads and writes one of its own.
        run(
            clients(ann=(ONE, (WRITE,)), cem=(ONE, (WRITE_2,)), bob=(OTHER, (WRITE_2,))),
            Partition({"s1"}, {"s2"}, at=0),
            Crash("s2", at=2.9),
            endings=(),
            replicas=3,
            suspects={"s1": 0.5, "s2": 3.0},
        ),
        # s2 has the entry, s3 does not, and leads after s2.
        run(
            clients(ann=(ALL, (WRITE,))),
            Partition({"s1", "s2"}, {"s3"}, at=0),
            Crash("s1", at=0.015),
            Crash("s2", at=2.5),
            replicas=3,
            suspects={"s1": 0.9, "s2": 3.0},
        ),
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
}
