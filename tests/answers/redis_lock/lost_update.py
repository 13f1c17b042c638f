# %% right: ann is paused while she works
from course_lib.sim import Pause

update_script = [Pause("ann", at=2, until=12)]


# %% right: what she read is late
from course_lib.sim import Delay

update_script = [Delay("counter>ann#1", by=7)]


# %% wrong: refused
from course_lib.sim import Pause

update_script = [Pause("ann", at=2, until=16)]


# %% wrong: in-time
from course_lib.sim import Delay

update_script = [Delay("ann>counter#2", by=3)]


# %% wrong: lost
from course_lib.sim import Drop

update_script = [Drop("ann>counter#2")]


# %% wrong: never-arrives
from course_lib.sim import Delay

update_script = [Delay("ann>counter#2", by=60)]


# %% wrong: crash-forgets
from course_lib.sim import Crash

update_script = [Crash("ann", at=2, until=12)]


# %% wrong: more-than-needed
from course_lib.sim import Delay

update_script = [Delay("counter>ann#1", by=4), Delay("ann>counter#2", by=4)]


# %% wrong: strikes-nothing
from course_lib.sim import Delay, Pause

update_script = [Delay("ann>counter#2", by=8), Pause("ann", at=6, until=7)]


# %% wrong: names-nothing
from course_lib.sim import Delay

update_script = [Delay("ann>counter#7", by=8)]


# %% wrong: not-a-script
update_script = "ann>counter#2"


# %% wrong: nothing-lost
from course_lib.sim import Crash

update_script = [Crash("lock", at=1)]


# %% wrong: written-twice
from course_lib.sim import Duplicate

update_script = [Duplicate("ann>counter#2")]


# %% wrong: written-twice (three seconds later)
from course_lib.sim import Duplicate

update_script = [Duplicate("ann>counter#2", 3)]


# %% wrong: written-twice (the second worker's)
from course_lib.sim import Duplicate

update_script = [Duplicate("bob>counter#2")]
