"""What each node's process runs: `python -m course_lib.sim.serve`."""

import asyncio
import os
import signal
from pickle import loads

from course_lib.sim.serve.boot import Control, described
from course_lib.sim.serve.host import Host


def main() -> None:
    """The process of one node; ends when it is killed, or when the one that started it is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    commands, control = os.fdopen(os.dup(0), "rb"), Control(os.fdopen(os.dup(1), "wb"))
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(2, 1)  # what a handler prints goes to the log, not between our lines
    size = int.from_bytes(commands.read(8), "big")
    payload = commands.read(size)
    if not size or len(payload) < size:
        return  # the process that started this one is gone already
    try:
        host = Host(loads(payload), commands, control)
    except Exception as error:
        control.tell(error=described(error, "as it was loaded"))
        os._exit(1)
    asyncio.run(host.run_for_ever())


if __name__ == "__main__":
    main()
