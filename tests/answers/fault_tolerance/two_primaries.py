# %% right: a cut from the view service alone
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views"}, at=1)]
waits_for = "s2"


# %% right: its pings are not heard
from course_lib.sim import Partition

script = (Partition({"s1"}, {"views"}, at=2, until=5, oneway=True),)
waits_for = "s2"


# %% right: two sides, with a client on each
from course_lib.sim import Partition

script = [Partition({"ann", "s1"}, {"bob", "s2", "views"}, at=1)]
waits_for = "s2"


# %% right: a clock that goes slow
from course_lib.sim import ClockSkew

script = [ClockSkew("s1", rate=0.05, at=1)]
waits_for = "s2"


# %% right: it comes back from a crash in the moment when she asks
from course_lib.sim import Crash

script = [Crash("s1", at=1.4, until=2.645)]
waits_for = "s2"


# %% right: a set
from course_lib.sim import Partition

script = {Partition({"s1"}, {"views"}, at=1)}
waits_for = "s2"


# %% wrong: not-a-script (a fault alone)
from course_lib.sim import Partition

script = Partition({"s1"}, {"views"}, at=1)
waits_for = "s2"


# %% wrong: not-a-script (only the other one)
script = None
waits_for = "s2"


# %% wrong: names-nothing
from course_lib.sim import Drop

script = [Drop("s1>views#999")]
waits_for = "s2"


# %% wrong: strikes-nothing (after the run)
from course_lib.sim import Pause

script = [Pause("s1", at=7, until=9)]
waits_for = "s2"


# %% wrong: more-than-needed (one strikes nothing)
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views"}, at=1), Partition({"ann"}, {"bob"}, at=1)]
waits_for = "s2"


# %% wrong: strikes-nothing (a clock that is right)
from course_lib.sim import ClockSkew

script = [ClockSkew("s1")]
waits_for = "s2"


# %% wrong: more-than-needed (one comes when the harm is done)
from course_lib.sim import Partition, Pause

script = [Partition({"s1"}, {"views"}, at=1), Pause("s2", at=4, until=5)]
waits_for = "s2"


# %% wrong: dead-leader
from course_lib.sim import Crash

script = [Crash("s1", at=1)]
waits_for = "s2"


# %% wrong: not-suspected (too short a pause)
from course_lib.sim import Pause

script = [Pause("s1", at=1, until=1.3)]
waits_for = "s2"


# %% wrong: not-suspected (a ping is lost)
from course_lib.sim import Drop

script = [Drop("s1>views#5")]
waits_for = "s2"


# %% wrong: not-suspected (the view service stands still)
from course_lib.sim import Pause

script = [Pause("views", at=1, until=5)]
waits_for = "s2"


# %% wrong: not-suspected (and is dead)
from course_lib.sim import Crash

script = [Crash("views", at=1)]
waits_for = "s2"


# %% wrong: the-backup (it is cut off)
from course_lib.sim import Partition

script = [Partition({"s2"}, {"views"}, at=1)]
waits_for = "s2"


# %% wrong: the-backup (it is dead)
from course_lib.sim import Crash

script = [Crash("s2", at=1)]
waits_for = "s2"


# %% wrong: the-backup (the two do not hear each other)
from course_lib.sim import Partition

script = [Partition({"s1"}, {"s2"}, at=1)]
waits_for = "s2"


# %% wrong: clients-only
from course_lib.sim import Partition

script = [Partition({"ann"}, {"s1"}, at=1)]
waits_for = "s2"


# %% wrong: clients-only (both, and for a time)
from course_lib.sim import Partition

script = [Partition({"ann", "bob"}, {"s1", "s2"}, at=1, until=3)]
waits_for = "s2"


# %% wrong: clients-only (a late answer)
from course_lib.sim import Delay

script = [Delay("s1>ann#2", by=2)]
waits_for = "s2"


# %% wrong: not-told
from course_lib.sim import Partition

script = [Partition({"views"}, {"s1", "s2"}, at=1)]
waits_for = "s2"


# %% wrong: sleeps-on
from course_lib.sim import Pause

script = [Pause("s1", at=1.4, until=9)]
waits_for = "s2"


# %% wrong: out-of-reach (cut off from all)
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views", "s2", "ann", "bob"}, at=1)]
waits_for = "s2"


# %% wrong: out-of-reach (with the one who writes)
from course_lib.sim import Partition

script = [Partition({"s1", "bob"}, {"views", "s2", "ann"}, at=1)]
waits_for = "s2"


# %% wrong: out-of-reach (its answers are lost)
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views", "ann"}, at=1, oneway=True)]
waits_for = "s2"


# %% wrong: gave-up (it sleeps too long)
from course_lib.sim import Pause

script = [Pause("s1", at=1.4, until=3.5)]
waits_for = "s2"


# %% wrong: gave-up (it sleeps when she asks, and she goes)
from course_lib.sim import Pause

script = [Pause("s1", at=1, until=2)]
waits_for = "s2"


# %% wrong: nothing-newer (nobody reaches the new one)
from course_lib.sim import Partition

script = [Partition({"s1", "ann", "bob"}, {"s2", "views"}, at=1)]
waits_for = "s2"


# %% wrong: nothing-newer (the one who writes is cut off from it)
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views"}, at=1), Partition({"bob"}, {"s2"}, at=1)]
waits_for = "s2"


# %% wrong: nobody-asks (a cut that heals when it has begun)
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views"}, at=1, until=1.6)]
waits_for = "s2"


# %% wrong: nobody-asks (it wakes up before she asks)
from course_lib.sim import Pause

script = [Pause("s1", at=1.4, until=2.5)]
waits_for = "s2"


# %% wrong: nobody-asks (it comes back from a crash)
from course_lib.sim import Crash

script = [Crash("s1", at=1.4, until=2.2)]
waits_for = "s2"


# %% wrong: nobody-asks (all have been answered)
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views"}, at=5.3)]
waits_for = "s2"


# %% wrong: more-than-needed
from course_lib.sim import Drop, Partition

script = [Partition({"s1"}, {"views"}, at=1), Drop("s2>s1#2")]
waits_for = "s2"


# %% wrong: told-by-views
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views"}, at=1)]
waits_for = "views"


# %% wrong: knows-by-itself
from course_lib.sim import Pause

script = [Pause("s1", at=1.4, until=2.75)]
waits_for = "s1"


# %% wrong: asks-the-clients
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views"}, at=1)]
waits_for = "bob"


# %% wrong: not-a-name (a sentence)
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views"}, at=1)]
waits_for = "for the backup"


# %% wrong: not-a-name (not filled in)
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views"}, at=1)]
waits_for = None
