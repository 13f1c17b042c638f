"""A step: one thing that can happen next in a world. What chooses among them differs; what they do does not."""

from typing import Any, NamedTuple


class Step(NamedTuple):
    """What happens, and to what.

    | kind | subject |
    |---|---|
    | start, crash, restart | a node's name |
    | deliver, lose, duplicate | a message's id, "a>b#3" |
    | timer | (node, name) |
    | merge | a message's id: another just like it is on its way, and exploration takes them for one |
    | partition | a group of names, cut off from all others; an empty one heals |
    """

    kind: str
    subject: Any
    cut: int | None = None
    """The node crashes after so many durable effects of this handler; None: it goes through."""
    choices: tuple[int, ...] = ()
    """Which of its outcomes each random choice of the handler has, in order; none: chance decides."""
    now: float | None = None
    """What the node's clock says; None: what the world's says."""

    def __str__(self) -> str:
        what = " ".join(self.subject) if isinstance(self.subject, tuple) else self.subject
        extra = "" if self.cut is None else f", crashing after {self.cut} effects"
        return f"{self.kind} {what}{extra}"
