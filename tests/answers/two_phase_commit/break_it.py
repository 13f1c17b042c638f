# %% right: for ever
from course_lib.sim import Partition

script = [Partition({"coordinator"}, {"p1", "p2"}, at=0.03)]


# %% right: it hears them, and they do not hear it
from course_lib.sim import Partition

script = [Partition({"coordinator"}, {"p1", "p2"}, at=0.015, until=350, oneway=True)]


# %% right: all three cut off, as a tuple
from course_lib.sim import Partition

script = (Partition({"coordinator"}, {"p1"}, {"p2"}, at=0.021, until=400),)


# %% wrong: not-a-script (a fault alone)
from course_lib.sim import Crash

script = Crash("coordinator", at=0.015)


# %% wrong: not-a-script (words)
script = ["kill the coordinator"]


# %% wrong: not-a-script (empty)
script = []


# %% wrong: names-nothing
from course_lib.sim import Drop

script = [Drop("coordinator>p1#9")]


# %% wrong: names-nothing (no such node)
from course_lib.sim import Crash

script = [Crash("p7", at=1)]


# %% wrong: strikes-nothing (all is over)
from course_lib.sim import Crash

script = [Crash("coordinator", at=500)]


# %% wrong: strikes-nothing (a cut where nobody speaks)
from course_lib.sim import Partition

script = [Partition({"p1"}, {"p2"}, at=0)]


# %% wrong: nobody-promised
from course_lib.sim import Partition

script = [Partition({"coordinator"}, {"p1", "p2"}, at=0, until=400)]


# %% wrong: one-had-not-voted
from course_lib.sim import Crash

script = [Crash("coordinator", after="coordinator>p1#1")]


# %% wrong: one-had-not-voted (a Prepare is lost)
from course_lib.sim import Crash, Drop

script = [Drop("coordinator>p2#1"), Crash("coordinator", at=0.015)]


# %% wrong: gives-up
from course_lib.sim import Drop

script = [Drop("p1>coordinator#1")]


# %% wrong: gives-up (a late vote)
from course_lib.sim import Delay

script = [Delay("p2>coordinator#1", by=400)]


# %% wrong: asks-and-hears
from course_lib.sim import Drop

script = [Drop("coordinator>p1#2")]


# %% wrong: asks-and-hears (both decisions are late)
from course_lib.sim import Delay

script = [Delay("coordinator>p1#2", by=400), Delay("coordinator>p2#2", by=400)]


# %% wrong: one-knows
from course_lib.sim import Crash

script = [Crash("coordinator", after="coordinator>p1#2")]


# %% wrong: too-late
from course_lib.sim import Crash

script = [Crash("coordinator", at=0.025)]


# %% wrong: too-late (a pause)
from course_lib.sim import Pause

script = [Pause("coordinator", at=0.025, until=400)]


# %% wrong: not-the-coordinator
from course_lib.sim import Crash

script = [Crash("p1", at=0.015, until=400)]


# %% wrong: not-the-coordinator (both)
from course_lib.sim import Crash

script = [Crash("p1", at=0.015, until=400), Crash("p2", at=0.015, until=400)]


# %% wrong: not-the-coordinator (a pause)
from course_lib.sim import Pause

script = [Pause("p2", at=0.015, until=400)]


# %% wrong: only-one
from course_lib.sim import Partition

script = [Partition({"coordinator", "p1"}, {"p2"}, at=0.015, until=400)]


# %% wrong: too-short
from course_lib.sim import Crash

script = [Crash("coordinator", at=0.015, until=200)]


# %% wrong: too-short (a cut)
from course_lib.sim import Partition

script = [Partition({"coordinator"}, {"p1", "p2"}, at=0.025, until=100)]


# %% wrong: no-block (a copy)
from course_lib.sim import Duplicate

script = [Duplicate("p1>coordinator#1")]


# %% wrong: strikes-nothing (a slow clock, and no timer of it fires)
from course_lib.sim import ClockSkew

script = [ClockSkew("coordinator", rate=0.001)]


# %% wrong: not-committed (the crash of the lesson)
from course_lib.sim import Crash

script = [Crash("coordinator", at=0.015, until=400)]


# %% wrong: not-committed (it never comes back)
from course_lib.sim import Crash

script = [Crash("coordinator", after="coordinator>p2#1")]


# %% wrong: not-committed (a pause)
from course_lib.sim import Pause

script = [Pause("coordinator", at=0.012, until=330)]


# %% wrong: not-committed (a cut before the votes)
from course_lib.sim import Partition

script = [Partition({"coordinator"}, {"p1", "p2"}, at=0.015, until=350)]


# %% wrong: more-than-needed (both decisions, and a crash)
from course_lib.sim import Crash, Drop

script = [Drop("coordinator>p1#2"), Drop("coordinator>p2#2"), Crash("coordinator", at=0.025, until=400)]


# %% wrong: more-than-needed
from course_lib.sim import Partition, Pause

script = [Partition({"coordinator"}, {"p1", "p2"}, at=0.025, until=400), Pause("p1", at=59, until=61)]
