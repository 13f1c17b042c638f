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


# %% wrong: drops-the-reply (the reply is slow)
from course_lib.sim import Delay

script = [Delay("server>client#1", by=3)]


# %% wrong: printed-once (the reply is slow, but not too slow)
from course_lib.sim import Delay

script = [Delay("server>client#1", by=0.5)]


# %% wrong: printed-once (right, and then nobody hears the client)
from course_lib.sim import Crash, Partition

script = [Crash("server", after="server>printer#1", until=0.5), Partition({"client"}, {"server"}, at=0.3)]


# %% wrong: drops-the-reply (a cut between the two)
from course_lib.sim import Partition

script = [Partition({"server"}, {"client"}, at=0.015, until=1.5)]


# %% wrong: drops-the-reply (the client forgets that it asked)
from course_lib.sim import Crash

script = [Crash("client", at=0.015, until=0.5)]


# %% wrong: drops-the-reply (a copy of the request)
from course_lib.sim import Duplicate

script = [Duplicate("client>server#1", after=0.5)]


# %% wrong: drops-the-request (by a cut)
from course_lib.sim import Partition

script = [Partition({"server"}, {"client"}, at=0, until=1.5)]


# %% wrong: crash-too-early
from course_lib.sim import Crash

script = [Crash("server", at=0.005, until=0.5)]


# %% wrong: crash-too-early (at the moment when the job would come)
from course_lib.sim import Crash

script = [Crash("server", at=0.01, until=0.5)]


# %% wrong: back-too-late (after the end)
from course_lib.sim import Crash

script = [Crash("server", after="server>printer#1", until=25)]


# %% wrong: back-too-late (no job comes after it)
from course_lib.sim import Crash

script = [Crash("server", after="server>printer#1", until=19.5)]


# %% wrong: no-restart (a second crash without an end)
from course_lib.sim import Crash

script = [Crash("server", after="server>printer#1", until=0.5), Crash("server", at=0.3)]


# %% wrong: sheet-lost
from course_lib.sim import Crash, Drop

script = [Crash("server", after="server>printer#1", until=0.5), Drop("server>printer#1")]


# %% wrong: sheet-lost (the server acted once)
from course_lib.sim import Crash

script = [Crash("printer", at=0.015, until=1)]


# %% wrong: strikes-nothing (a second crash, while it is down)
from course_lib.sim import Crash

script = [Crash("server", after="server>printer#1", until=0.5), Crash("server", at=0.3, until=0.4)]


# %% wrong: strikes-nothing (a pause when all is over)
from course_lib.sim import Pause

script = [Pause("server", at=5, until=6)]


# %% wrong: more-than-needed (a second crash that strikes)
from course_lib.sim import Crash

script = [Crash("server", after="server>printer#1", until=0.5), Crash("server", at=0.7, until=0.8)]
