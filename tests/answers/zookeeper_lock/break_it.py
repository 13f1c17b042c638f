# %% right: later, and for longer
from course_lib.sim import Pause

script = [Pause("ann", at=12.7, until=25)]


# %% right: as a tuple, and just long enough
from course_lib.sim import Pause

script = (Pause("ann", at=3, until=11),)


# %% wrong: not-a-script (a fault alone)
from course_lib.sim import Pause

script = Pause("ann", at=3, until=15)


# %% wrong: not-a-script (words)
script = ["pause ann until bob leads"]


# %% wrong: not-a-script (empty)
script = []


# %% wrong: names-nothing
from course_lib.sim import Drop

script = [Drop("ann>store#77")]


# %% wrong: sleeps-on
from course_lib.sim import Pause

script = [Pause("ann", at=3, until=40)]


# %% wrong: strikes-nothing (after the run)
from course_lib.sim import Pause

script = [Pause("ann", at=31, until=40)]


# %% wrong: strikes-nothing (a pause in a pause, beside what does the harm)
from course_lib.sim import Pause

script = [Pause("ann", at=3, until=15), Pause("ann", at=5, until=9)]


# %% wrong: session-lives (for less than a beat)
from course_lib.sim import Pause

script = [Pause("ann", at=3, until=3.5)]


# %% wrong: strikes-nothing (between two beats)
from course_lib.sim import Pause

script = [Pause("ann", at=3.1, until=3.9)]


# %% wrong: strikes-nothing (a cut where nobody speaks)
from course_lib.sim import Partition

script = [Partition({"ann"}, {"bob"}, at=3)]


# %% wrong: session-lives (too short)
from course_lib.sim import Pause

script = [Pause("ann", at=3, until=8)]


# %% wrong: session-lives (a cut that heals in time)
from course_lib.sim import Partition

script = [Partition({"ann"}, {"zookeeper"}, at=3, until=6)]


# %% wrong: session-lives (the service hears her)
from course_lib.sim import Partition

script = [Partition({"zookeeper"}, {"ann"}, at=3, oneway=True)]


# %% wrong: session-lives (a write is late)
from course_lib.sim import Delay

script = [Delay("ann>store#3", by=20)]


# %% wrong: not-the-leader (bob)
from course_lib.sim import Pause

script = [Pause("bob", at=3, until=20)]


# %% wrong: not-the-leader (the service)
from course_lib.sim import Pause

script = [Pause("zookeeper", at=3, until=20)]


# %% wrong: dead-leader
from course_lib.sim import Crash

script = [Crash("ann", at=3)]


# %% wrong: dead-leader (and back)
from course_lib.sim import Crash

script = [Crash("ann", at=3, until=15)]


# %% wrong: steps-down (a cut)
from course_lib.sim import Partition

script = [Partition({"ann"}, {"zookeeper"}, at=3)]


# %% wrong: steps-down (a cut that heals)
from course_lib.sim import Partition

script = [Partition({"ann"}, {"zookeeper", "bob"}, at=3, until=20)]


# %% wrong: steps-down (a beat that is late)
from course_lib.sim import Delay

script = [Delay("ann>zookeeper#4", by=9)]


# %% wrong: wakes-too-early
from course_lib.sim import Pause

script = [Pause("ann", at=3, until=8.5)]


# %% wrong: nobody-follows
from course_lib.sim import Crash, Pause

script = [Pause("ann", at=3, until=15), Crash("bob", at=5)]


# %% wrong: write-lost
from course_lib.sim import Partition, Pause

script = [Pause("ann", at=3, until=15), Partition({"ann"}, {"store"}, at=14, until=17)]


# %% wrong: no-harm (a slow clock)
from course_lib.sim import ClockSkew

script = [ClockSkew("ann", rate=0.1, at=3)]


# %% wrong: more-than-needed (a late write of a dead leader)
from course_lib.sim import Crash, Delay

script = [Delay("ann>store#3", by=20), Crash("ann", at=6)]


# %% wrong: more-than-needed (and a drop)
from course_lib.sim import Drop, Pause

script = [Pause("ann", at=3, until=15), Drop("ann>store#1")]
