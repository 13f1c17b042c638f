"""Waiting for a lock on Redis without polling: who gives it back says so, on a list beside it.

An announcement is an element of a list, so that it reaches one waiter, and one who comes a moment too late.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from time import monotonic
from time import sleep as sleep_for
from typing import Any

ANNOUNCES = b"announces:"  # how a token of ours begins: the holder will say when it gives the lock back
LOOK_AGAIN = 1.0  # seconds after which a waiter looks by itself: the announcement may have been lost
GRAIN = 0.1  # seconds that a wait in the server may end late: an idle Redis looks ten times a second for those that end


def wait(client: Any, keys: Sequence[Any], holder: bytes, sleep: float, until: float) -> None:
    """Until the lock may be free, or the time is over.

    Args:
        keys: the lock, and the list of its announcements.
        holder: the token found there.
        sleep: seconds to wait at most for a holder who announces nothing.
        until: the end, on the monotonic clock.
    """
    left = client.pttl(keys[0])  # milliseconds; -1 is no end, -2 no lock
    if left == -2:
        return
    ends = [until - monotonic(), *([(left + 1) / 1000] if left >= 0 else [])]
    if (longest := longest_in_the_server(client)) > 0:
        longest = min(longest, LOOK_AGAIN if holder.startswith(ANNOUNCES) else sleep)
        client.blpop(keys[1], timeout=max(0.001, min(longest, *ends)))
    else:
        sleep_for(max(0.001, min(sleep, *ends)))


def longest_in_the_server(client: Any) -> float:
    """Seconds that one may wait in the server; 0 where one has to poll, as redis-py's lock does.

    Half of what the client waits for any reply, and less: a long wait must not be taken for a dead server. And a client
    that has one connection for all its threads needs it for the release.
    """
    if getattr(client, "connection", None) is not None:
        return 0.0
    limit = client.get_connection_kwargs().get("socket_timeout")
    return max(0.0, limit / 2 - GRAIN) if limit else math.inf
