# %% right: the second letter, and a longer rest
from course_lib.sim import Crash

script = [Crash("server", after="server>printer#2", until=7.5)]


# %% right: written as a tuple, and up again at once
from course_lib.sim import Crash

script = (Crash(node="server", after="server>printer#1", until=0.011),)


# %% wrong: not-a-script (a fault alone)
from course_lib.sim import Crash

script = Crash("server", after="server>printer#1", until=0.5)


# %% wrong: not-a-script (words)
script = ["crash the server after it has printed"]


# %% wrong: not-a-script (empty)
script = []


# %% wrong: names-nothing (counted from the wrong end)
from course_lib.sim import Drop

script = [Drop("server>client#7")]


# %% wrong: names-nothing (a node that is not there)
from course_lib.sim import Crash

script = [Crash("bank", at=0.015, until=0.5)]


# %% wrong: strikes-nothing (when all is over)
from course_lib.sim import Crash

script = [Crash("server", at=5, until=6)]


# %% wrong: strikes-nothing (a cut when nothing is on its way)
from course_lib.sim import Partition

script = [Partition({"client"}, {"server"}, at=2, until=3)]


# %% wrong: drops-the-request
from course_lib.sim import Drop

script = [Drop("client>server#1")]


# %% wrong: drops-the-reply
from course_lib.sim import Drop

script = [Drop("server>client#1")]


# %% wrong: crash-after-record (at a time)
from course_lib.sim import Crash, Drop

script = [Drop("server>client#1"), Crash("server", at=0.5, until=0.9)]


# %% wrong: crash-after-record (after the reply)
from course_lib.sim import Crash

script = [Crash("server", after="server>client#1", until=0.5)]


# %% wrong: no-restart
from course_lib.sim import Crash

script = [Crash("server", after="server>printer#1")]


# %% wrong: copies-the-sheet
from course_lib.sim import Duplicate

script = [Duplicate("server>printer#1")]


# %% wrong: more-than-needed
from course_lib.sim import Crash, Drop

script = [Crash("server", after="server>printer#1", until=0.5), Drop("client>server#2")]


# %% wrong: printed-once (the reply is slow)
from course_lib.sim import Delay

script = [Delay("server>client#1", by=3)]
