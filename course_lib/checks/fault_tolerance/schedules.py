"""What befalls the replicas of 10.primary: runs with faults, talks, and every schedule of a small world."""

from __future__ import annotations

from course_lib.checks.fault_tolerance.playing import (
    ALL,
    BOTH,
    CAS,
    IN_TURN,
    NOBODY,
    OF_THREE,
    OF_TWO,
    ONE,
    OTHER,
    WRITE_2,
    WRITER,
    WRITERS,
    clients,
    every,
    run,
    talk,
    unheard,
)
from course_lib.checks.fault_tolerance.replacing import REPLACED
from course_lib.checks.fault_tolerance.serving import READ, WRITE, talking
from course_lib.checks.trials import Explore, Setup, Trial
from course_lib.replication.logs import Entry
from course_lib.replication.members import Copy
from course_lib.replication.views import VIEWS, View
from course_lib.sim import Crash, Delay, Drop, Partition, Request

OF_S1, OF_S3 = View(2, ("s1", "s2")), View(2, ("s3", "s2"))
WITHOUT_S2 = View(3, ("s3",))
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
        # And after many entries more.
        run(
            clients(ann=(ONE, (WRITE,)), bob=(ONE, (READ, WRITE_2, *[READ] * 10))),
            Drop("s1>ann#1"),
            suspects=NOBODY,
            think=0.07,
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
    **REPLACED,
    "one crashes, and is back": (
        run(WRITER, Crash("s2", after="s2>s1#1", until=0.5), Crash("s1", at=0.06)),
        run(WRITER, Crash("s1", at=0.035, until=0.5), suspects=NOBODY),
        # ann asks again after bob has read what she wrote, and has written.
        run(
            clients(ann=(ONE, (WRITE,)), bob=(ONE, (READ, WRITE_2, READ))),
            Delay("bob>s1#1", by=0.2),
            Crash("s1", at=0.015, until=0.1),
            suspects=NOBODY,
            think=0.5,
        ),
        # s1 alone has the entry, and is replaced.
        run(
            clients(ann=(BOTH, (WRITE,))),
            Partition({"s1"}, {"s2"}, at=0),
            Crash("s1", at=0.015, until=0.1),
            suspects={"s1": 2.2},
        ),
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
        talk((VIEWS, WITHOUT_S2), ("s1", Copy(View(1, ALL), LOG))),
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
        # s2 leads with s3.
        Explore(
            Setup(talking, ([(VIEWS, View(2, ("s2", "s3"))), ("ann", Request(1, WRITE))],)),
            {"timeouts": 2, "crashes": 1},
        ),
    ),
    "every schedule with a loss": (
        every(WRITERS, {"timeouts": 1, "losses": 1}),
        every(clients(ann=(ONE, (CAS,))), {"timeouts": 1, "losses": 1}, retries=1),
        every(clients(ann=(BOTH, (CAS,))), {"timeouts": 2, "losses": 1}, retries=1),
    ),
}
