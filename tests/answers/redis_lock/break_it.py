# %% right: ann is paused between the look and the deletion
from course_lib.sim import Pause

script = [Pause("ann", at=4.065, until=12)]


# %% right: the answer to the look is late
from course_lib.sim import Delay

script = (Delay("lock>ann#2", by=8),)


# %% wrong: looks-too-late
from course_lib.sim import Pause

script = [Pause("ann", at=2, until=12)]


# %% wrong: looks-too-late (the look is late)
from course_lib.sim import Delay

script = [Delay("ann>lock#2", by=8)]


# %% wrong: in-time
from course_lib.sim import Pause

script = [Pause("ann", at=4.065, until=8)]


# %% wrong: nobody-has-it
from course_lib.sim import Delay

script = [Delay("ann>lock#3", by=30)]


# %% wrong: never-arrives
from course_lib.sim import Delay

script = [Delay("ann>lock#3", by=60)]


# %% wrong: lost
from course_lib.sim import Drop

script = [Drop("ann>lock#3")]


# %% wrong: lost (the link is cut)
from course_lib.sim import Partition

script = [Partition({"ann"}, {"lock"}, at=4.065, until=11)]


# %% wrong: crash-forgets
from course_lib.sim import Crash

script = [Crash("ann", after="ann>lock#2", until=12)]


# %% wrong: more-than-needed
from course_lib.sim import Delay

script = [Delay("lock>ann#2", by=4), Delay("ann>lock#3", by=4)]


# %% wrong: strikes-nothing
from course_lib.sim import Delay, Pause

script = [Delay("ann>lock#3", by=7), Pause("ann", at=5, until=6)]


# %% wrong: names-nothing
from course_lib.sim import Delay

script = [Delay("ann>lock#9", by=7)]


# %% wrong: names-nothing (another node)
from course_lib.sim import Pause

script = [Pause("Ann", at=4, until=12)]


# %% wrong: not-a-script (empty)
script = []


# %% wrong: not-a-script (a single fault)
from course_lib.sim import Delay

script = Delay("ann>lock#3", by=7)


# %% wrong: not-a-script (a text)
script = ["Delay('ann>lock#3', by=7)"]


# %% wrong: nothing-stolen
from course_lib.sim import Partition

script = [Partition({"lock"}, {"ann", "bob", "cat"}, at=0)]
