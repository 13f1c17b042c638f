# %% right: two of three, and a late vote
from course_lib.sim import Crash, Delay

one_crash = [Crash("coordinator", after="coordinator>p2#2", until=9)]
on_messages = [Delay("p1>coordinator#1", by=2.5), Delay("p1>coordinator#2", by=5)]


# %% right: as a tuple, and the last is cut off
from course_lib.sim import Crash, Partition

one_crash = (Crash("coordinator", after="coordinator>p1#2", until=0.5),)
on_messages = (Partition({"coordinator", "p1", "p2"}, {"p3"}, at=0.022, until=30),)


# %% right: a late vote and a lost word
from course_lib.sim import Crash, Delay, Drop

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Delay("p1>coordinator#1", by=2.5), Drop("coordinator>p1#2")]


# %% right: the coordinator alone, while its PreCommit messages are lost
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Partition({"coordinator"}, {"p1", "p2", "p3"}, at=0.025)]


# %% wrong: nobody-was-told
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", at=0.015)]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: nobody-was-told (in its first loop)
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#1")]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: all-were-told
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p3#2")]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: all-were-told (in its last loop)
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#3")]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: not-the-coordinator
from course_lib.sim import Crash, Partition

one_crash = [Crash("p1", at=0.025)]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: not-a-crash
from course_lib.sim import Drop, Partition

one_crash = [Drop("coordinator>p1#2")]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: not-a-crash (a pause)
from course_lib.sim import Partition, Pause

one_crash = [Pause("coordinator", at=0.025, until=5)]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: more-than-needed
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2"), Crash("p3", at=0.5)]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: all-abort
from course_lib.sim import Crash, Delay

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Delay("p1>coordinator#1", by=5)]


# %% wrong: all-abort (two are lost)
from course_lib.sim import Crash, Drop

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Drop("p1>coordinator#1"), Drop("p2>coordinator#1")]


# %% wrong: all-abort (it is never asked)
from course_lib.sim import Crash, Drop

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Drop("coordinator>p2#1")]


# %% wrong: still-in-touch
from course_lib.sim import Crash, Delay

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Delay("p1>coordinator#1", by=2.5)]


# %% wrong: still-in-touch (a PreCommit is lost)
from course_lib.sim import Crash, Drop

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Drop("coordinator>p1#2")]


# %% wrong: still-in-touch (two of them)
from course_lib.sim import Crash, Drop

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Drop("coordinator>p1#2"), Drop("coordinator>p2#2")]


# %% wrong: too-early
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.015)]


# %% wrong: too-early (at once)
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0)]


# %% wrong: too-late
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.035)]


# %% wrong: too-late (after the acknowledgements)
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.045)]


# %% wrong: isolates-the-coordinator
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Partition({"coordinator"}, {"p1", "p2", "p3"}, at=0.015)]


# %% wrong: isolates-the-coordinator (later)
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Partition({"coordinator"}, {"p1", "p2", "p3"}, at=0.035)]


# %% wrong: heals-too-soon
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025, until=0.5)]


# %% wrong: not-on-messages
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Crash("coordinator", after="coordinator>p1#2"), Partition({"p1"}, {"p2", "p3"}, at=0.5)]


# %% wrong: not-on-messages (a pause)
from course_lib.sim import Crash, Pause

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Pause("coordinator", at=0.015, until=5)]


# %% wrong: more-than-two
from course_lib.sim import Crash, Delay, Drop

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Delay("p1>coordinator#1", by=2.5), Drop("p1>coordinator#2"), Drop("p2>coordinator#1")]


# %% wrong: no-split
from course_lib.sim import Crash, Duplicate

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Duplicate("coordinator>p1#2")]


# %% wrong: not-a-script
from course_lib.sim import Crash, Partition

one_crash = Crash("coordinator", at=0.015)
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: not-a-script (empty)
from course_lib.sim import Crash

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = []


# %% wrong: names-nothing
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#9")]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: names-nothing (no such node)
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Partition({"coordinator", "p9"}, {"p2", "p3"}, at=0.025)]


# %% wrong: strikes-nothing
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", at=30)]
on_messages = [Partition({"coordinator", "p1"}, {"p2", "p3"}, at=0.025)]


# %% wrong: strikes-nothing (a cut where nobody speaks)
from course_lib.sim import Crash, Partition

one_crash = [Crash("coordinator", after="coordinator>p1#2")]
on_messages = [Partition({"p1"}, {"p2"}, at=0)]
