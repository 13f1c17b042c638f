"""Orders that are forced: from what is known to come first, and from what was read, follows what else must.

Where that closes a circle, no order is possible, and the circle says why.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from itertools import pairwise

from course_lib.consistency.history import Operation
from course_lib.consistency.versions import Versions

Edge = tuple[Operation, Operation]


class Forced:
    """A growing order of the operations of `versions`, each step of it with its reason."""

    def __init__(self, versions: Versions) -> None:
        self.versions = versions
        self.number = {one: index for index, one in enumerate(versions.operations)}
        self.after = [0] * len(self.number)
        """Of each operation a bit mask of those that come after it, directly or not."""
        self.reasons: dict[Edge, str] = {}
        self.witnesses: dict[Edge, set[Operation]] = {}
        """Of a step that was inferred: the read that it was inferred from."""

    def add(self, first: Operation, then: Operation, reason: str, read: Operation | None = None) -> bool:
        """Puts one before the other. False where that is known."""
        if self.precedes(first, then):
            return False
        self.reasons[first, then] = reason
        self.witnesses[first, then] = {read} if read else set()
        here, new = 1 << self.number[first], 1 << self.number[then] | self.after[self.number[then]]
        for index, after in enumerate(self.after):
            if after & here or index == self.number[first]:
                self.after[index] = after | new
        return True

    def precedes(self, first: Operation, then: Operation) -> bool:
        """Whether the one is known to come before the other."""
        return bool(self.after[self.number[first]] >> self.number[then] & 1)

    def add_process_order(self) -> None:
        """What a process did first comes first. A write of unknown outcome may take effect later than what its process
        did next."""
        last: dict[object, Operation] = {}
        for one in self.versions.operations:
            if one.process in last:
                self.add(last[one.process], one, f"{one.process} did this first")
            if one.known:
                last[one.process] = one

    def add_reads_from(self) -> None:
        """A write comes before the reads that saw it."""
        for read in self.versions.reads:
            if write := self.versions.seen_by(read):
                self.add(write, read, f"{read.process} read it")

    def infer(self, reads: Iterable[Operation]) -> list[Edge] | None:
        """Adds all that follows from these reads, until nothing new does; the shortest circle where there is one.

        No other write of the key may stand between a write and a read that saw it.
        """
        reads = list(reads)
        others = {read: [w for w in self.versions.writes if w.key == read.key] for read in reads}
        changed = True
        while changed and not self.circular():
            changed = False
            for read in reads:
                for other in others[read]:
                    changed |= self._one_inference(read, self.versions.seen_by(read), other)
        return self.circle()

    def _one_inference(self, read: Operation, seen: Operation | None, other: Operation) -> bool:
        if other is seen:
            return False
        says = f"{read.process} read {read.result!r}, not {other.value!r}"
        if seen is None:  # the initial value: before every write
            return self.add(read, other, says, read)
        changed = self.precedes(other, read) and self.add(other, seen, says, read)
        return (self.precedes(seen, other) and self.add(read, other, says, read)) or changed

    def circular(self) -> bool:
        return any(after >> index & 1 for index, after in enumerate(self.after))

    def circle(self) -> list[Edge] | None:
        """The shortest circle of direct steps."""
        if not self.circular():
            return None
        steps: dict[Operation, list[Operation]] = {one: [] for one in self.number}
        for first, then in self.reasons:
            steps[first].append(then)
        within = [one for one, index in self.number.items() if self.after[index] >> index & 1]
        return min((way for one in within if (way := _way(steps, one, one))), key=len)

    def way(self, first: Operation, then: Operation) -> list[Edge]:
        """The shortest chain of direct steps from one operation to another; empty where there is none."""
        steps: dict[Operation, list[Operation]] = {one: [] for one in self.number}
        for one, other in self.reasons:
            steps[one].append(other)
        return _way(steps, first, then)

    def told(self, edges: Iterable[Edge]) -> str:
        """Each step with its reason: `write(x, 1) by a, then read(x) by b -> 1 (b read it)`."""
        edges = list(edges)
        steps = [f"then {then} ({self.reasons[first, then]})" for first, then in edges]
        return ", ".join([str(edges[0][0]), *steps])


def _way(steps: dict[Operation, list[Operation]], first: Operation, goal: Operation) -> list[Edge]:
    """Breadth first."""
    came: dict[Operation, Operation] = {}
    queue = deque([first])
    while queue:
        here = queue.popleft()
        for there in steps[here]:
            if there in came:
                continue
            came[there] = here
            if there == goal:
                path = [goal]
                while len(path) == 1 or path[-1] != first:
                    path.append(came[path[-1]])
                return list(pairwise(reversed(path)))
            queue.append(there)
    return []
