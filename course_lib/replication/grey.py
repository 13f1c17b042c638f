"""Grey failure: a node that looks well to who watches it, and does nothing for those who need it.

P. Huang et al., "Gray Failure: The Achilles' Heel of Cloud-Scale Systems", HotOS 2017.
"""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def grey_from(kind: Any, time: float) -> Any:
    """A replica's class whose work stands still from a time on, in seconds by its own clock. It goes on to ping."""

    class Grey(kind):
        def on_message(self, sender: str, message: Any) -> None:
            if self.now < time:
                super().on_message(sender, message)

        def on_timer(self, name: str) -> None:
            if name == "ping" or self.now < time:
                super().on_timer(name)

    Grey.__name__ = Grey.__qualname__ = kind.__name__
    return Grey
