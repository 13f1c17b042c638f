# %% right: a cut, from s2 alone
from course_lib.sim import Crash, Partition

script = [Crash("s1", at=0.03), Partition({"s1"}, {"s2"}, at=0.03)]


# %% right: the machine dies, with all that is on its way, and comes back
from course_lib.sim import Crash, Partition

script = (Crash("s1", at=0.03, until=3), Partition({"s1"}, {"s2", "s3", "ann", "views"}, at=0.03, until=3))


# %% right: the copy is late
from course_lib.sim import Crash, Delay

script = [Delay("s1>s2#1", by=0.6), Crash("s1", after="s1>ann#1")]


# %% right: the second write, which is later where answers are later
from course_lib.sim import Crash, Partition

script = [Partition({"s1"}, {"s2", "s3"}, at=0.2), Crash("s1", at=0.36)]


# %% right: it comes back, believes that it leads, and answers what nobody else has
from course_lib.sim import Crash

script = [Crash("s1", at=1.0, until=2.0)]


# %% right: the backup is down when its copy comes
from course_lib.sim import Crash

script = [Crash("s1", at=0.03), Crash("s2", at=0.05, until=0.3)]


# %% right: it comes back before the second write
from course_lib.sim import Crash

script = [Crash("s1", at=0.01, until=0.91)]


# %% right: and another one dies when it is lost
from course_lib.sim import Crash

script = [Crash("s1", at=1.0, until=2.0), Crash("s3", at=3.0)]


# %% wrong: not-a-script (a fault alone)
from course_lib.sim import Crash

script = Crash("s1", at=0.03)


# %% wrong: not-a-script (empty)
script = []


# %% wrong: not-a-script (a generator)
from course_lib.sim import Crash, Drop

script = (fault for fault in (Crash("s1", at=0.03), Drop("s1>s2#1")))


# %% wrong: not-a-script (words)
script = ["crash s1 after the acknowledgement"]


# %% wrong: names-nothing
from course_lib.sim import Crash, Drop

script = [Crash("s1", at=0.03), Drop("s1>s2#9")]


# %% wrong: names-nothing (another name)
from course_lib.sim import Crash, Drop

script = [Crash("primary", at=0.03), Drop("s1>s2#1")]


# %% wrong: strikes-nothing (after the run)
from course_lib.sim import Crash

script = [Crash("s1", at=7)]


# %% wrong: strikes-nothing (a cut after the copies, beside a crash)
from course_lib.sim import Crash, Partition

script = [Crash("s1", at=1.0), Partition({"s1"}, {"s2", "s3"}, at=1.0)]


# %% wrong: strikes-nothing (beside what does the harm)
from course_lib.sim import Crash, Drop, Partition

script = [Crash("s1", at=0.03), Drop("s1>s2#1"), Partition({"ann"}, {"views"}, at=0)]


# %% wrong: strikes-nothing (a clock that is right, beside what does the harm)
from course_lib.sim import ClockSkew, Crash

script = [Crash("s1", at=0.005, until=0.892), ClockSkew("s3")]


# %% wrong: copy-arrives (a crash right after the answer)
from course_lib.sim import Crash

script = [Crash("s1", after="s1>ann#1")]


# %% wrong: copy-arrives (a crash between two writes)
from course_lib.sim import Crash

script = [Crash("s1", at=1.0)]


# %% wrong: copy-arrives (late, and not late enough)
from course_lib.sim import Crash, Delay

script = [Crash("s1", at=0.03), Delay("s1>s2#1", by=0.3)]


# %% wrong: unanswered (before the answer)
from course_lib.sim import Crash

script = [Crash("s1", after="s1>s2#1")]


# %% wrong: unanswered (before it heard of it)
from course_lib.sim import Crash

script = [Crash("s1", at=0.225)]


# %% wrong: unanswered (the copy is lost as well)
from course_lib.sim import Crash, Drop

script = [Crash("s1", after="s1>s2#1"), Drop("s1>s2#1")]


# %% wrong: unanswered (the answer is cut off with the copy)
from course_lib.sim import Crash, Partition

script = [Crash("s1", at=0.015), Partition({"s1"}, {"s2", "s3", "ann", "views"}, at=0.015)]


# %% wrong: sent-again
from course_lib.sim import Crash, Drop

script = [Drop("s1>s2#1"), Crash("s1", at=0.3)]


# %% wrong: sent-again (a cut that heals)
from course_lib.sim import Crash, Partition

script = [Partition({"s1"}, {"s2", "s3"}, at=0.03, until=0.2), Crash("s1", at=0.5)]


# %% wrong: wrong-backup
from course_lib.sim import Crash, Drop

script = [Crash("s1", at=0.03), Drop("s1>s3#1")]


# %% wrong: wrong-backup (a cut)
from course_lib.sim import Crash, Partition

script = [Crash("s1", at=0.03), Partition({"s1"}, {"s3"}, at=0.03)]


# %% wrong: back-too-soon
from course_lib.sim import Crash, Drop

script = [Crash("s1", at=0.03, until=0.3), Drop("s1>s2#1")]


# %% wrong: nobody-follows (the view service died, too)
from course_lib.sim import Crash

script = [Crash("s1", at=0.03), Crash("views", at=0.1)]


# %% wrong: nobody-follows (too late in the run)
from course_lib.sim import Crash

script = [Crash("s1", at=3.9)]


# %% wrong: not-the-primary
from course_lib.sim import Crash, Drop

script = [Crash("s2", at=0.03), Drop("s1>s3#1")]


# %% wrong: nobody-died
from course_lib.sim import Drop

script = [Drop("s1>s2#1"), Drop("s1>s3#1")]


# %% wrong: nobody-died (a short pause)
from course_lib.sim import Drop, Pause

script = [Pause("s1", at=0.03, until=0.3), Drop("s1>s2#1")]


# %% wrong: only-suspected
from course_lib.sim import Pause

script = [Pause("s1", at=1, until=3)]


# %% wrong: only-suspected (it dies later)
from course_lib.sim import Crash, Pause

script = [Pause("s1", at=1, until=3), Crash("s1", at=3.5)]


# %% wrong: died-too-late
from course_lib.sim import Crash, Partition

script = [Partition({"s1", "ann"}, {"s2", "s3", "views"}, at=0.4), Crash("s1", at=0.9)]


# %% wrong: died-too-late (and too early)
from course_lib.sim import Crash, Partition

script = [Crash("s1", at=0.03, until=0.1), Partition({"s1", "ann"}, {"s2", "s3", "views"}, at=0.4)]


# %% wrong: no-crash (a pause)
from course_lib.sim import Drop, Pause

script = [Pause("s1", at=0.03, until=2), Drop("s1>s2#1")]


# %% wrong: no-crash (a cut)
from course_lib.sim import Partition

script = [Partition({"s1"}, {"views"}, at=1)]


# %% wrong: no-crash (another one crashes)
from course_lib.sim import Crash, Partition

script = [Partition({"s1"}, {"views"}, at=1), Crash("s3", at=1)]


# %% wrong: more-than-needed
from course_lib.sim import Crash, Drop

script = [Crash("s1", at=0.03), Drop("s1>s2#1"), Drop("s1>s3#1")]


# %% wrong: not-in-the-others (no such message there)
from course_lib.sim import Crash, Drop

script = [Crash("s1", at=1.13), Drop("s1>s2#6")]


# %% wrong: not-in-the-others (a cut where nothing is on its way)
from course_lib.sim import Crash, Partition

script = [Crash("s1", at=1.13), Partition({"s1"}, {"s2"}, at=1.13, until=1.2)]
