"""What a node did that no world can carry out, told with the line of the learner's class that did it."""

from __future__ import annotations

import linecache
import sys
from pathlib import Path
from types import CodeType, FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from course_lib.sim.site import Site

HERE = str(Path(__file__).parent)


class NodeError(ValueError):
    """A promise of the node's interface was broken; the text says by what, where, and what to do instead."""


class RunAway(NodeError):
    """A node that would go on for ever was stopped."""


def is_ours(code: CodeType) -> bool:
    """Whether code is this package's own, and not a learner's."""
    return code.co_filename.startswith(HERE)


def blamed(sentence: str, site: Site) -> str:
    """The sentence, with node, handler and line."""
    place = _learners_line()
    return f"{sentence}\n  in {type(site.node).__name__}, node {site.name}{place}"


def unplaced(sentence: str, node: object) -> str:
    """The same for a node that stands in no world yet."""
    return f"{sentence}\n  in {type(node).__name__}{_learners_line()}"


def _learners_line() -> str:
    """The innermost line that is not of this package: `, on_message, line 12: self.send("bob", Ping())`."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and is_ours(frame.f_code):
        frame = frame.f_back
    if frame is None:
        return ""
    code, number = frame.f_code, frame.f_lineno
    text = linecache.getline(code.co_filename, number).strip()
    return f", {code.co_name}, line {number}" + (f": {text}" if text else "")
