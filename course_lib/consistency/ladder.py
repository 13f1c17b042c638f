"""All models at once, the strongest first."""

from __future__ import annotations

from course_lib.consistency.causal import is_causal
from course_lib.consistency.convergence import has_converged
from course_lib.consistency.history import History
from course_lib.consistency.linearizable import is_linearizable
from course_lib.consistency.search import MOST
from course_lib.consistency.sequential import is_sequential
from course_lib.consistency.sessions import GUARANTEES, keeps
from course_lib.consistency.specs import Specification
from course_lib.consistency.verdict import NotTested, Verdict


class Ladder(dict[str, Verdict | NotTested]):
    """What each model says of one history; shows itself as a table."""

    def rows(self) -> list[tuple[str, str, str]]:
        """(model, "yes" | "no" | "unknown" | "not tested", why)."""
        words = {True: "yes", False: "no", None: "unknown"}
        return [
            (level, words[one.holds] if isinstance(one, Verdict) else str(one), one.explanation)
            for level, one in self.items()
        ]

    def __repr__(self) -> str:
        width = max(map(len, self))
        return "\n".join(f"{level:<{width}}  {word:<10}  {why}".rstrip() for level, word, why in self.rows())

    def _repr_markdown_(self) -> str:
        lines = [
            f"| {level} | {word} | {why.replace('|', chr(92) + '|')} |" for level, word, why in self.rows()
        ]
        return "\n".join(["| model | holds | why not |", "|---|---|---|", *lines])


def judge(history: History, spec: Specification, most: int = MOST) -> Ladder:
    """Each model's verdict on a history, or "not tested".

    A model implies those below it, down to causal, which implies the four session guarantees. Those do not imply one
    another, and nothing implies "eventual", which is about what comes after the end.
    """
    ladder = Ladder()
    ladder["linearizable"] = is_linearizable(history, spec, most)
    ladder["sequential"] = is_sequential(history, spec, most)
    ladder["causal"] = is_causal(history, spec)
    for guarantee in GUARANTEES:
        ladder[guarantee] = keeps(history, spec, guarantee)
    ladder["eventual"] = has_converged(history, spec)
    return ladder
