"""What each operation returns and leaves behind when operations come one after the other: sequential specifications.

A specification has no clocks, no network and no concurrency in it. That is what makes it a contract: a store may do
whatever it likes inside, as long as its clients cannot tell it from this.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from course_lib.consistency.history import History, Operation

State = Hashable
ALL = frozenset((...,))
"""What an operation reads whose result may depend on every other."""


def fitting(history: Iterable[Operation], spec: Specification) -> History:
    """The operations as a history. Raises TypeError or ValueError where `spec` cannot be the one that is meant."""
    if not isinstance(spec, Specification):
        hint = f"{spec.__name__}()" if isinstance(spec, type) else "Register()"
        raise TypeError(f"a history is judged by a specification, such as {hint}, not {spec!r}")
    history = history if isinstance(history, History) else History(history)
    keys = {one.key for one in history}
    if isinstance(spec, Register) and len(keys) > 1:
        raise ValueError(
            f"the operations are on {len(keys)} keys, and {spec} is a single register; use KeyValue()"
        )
    for one in history:
        spec.apply(spec.initial, one)  # says what is wrong with it, before others look into it
    return history


class Specification:
    """Subclass it: an `initial` state, and `apply`, which changes no state in place, or a search could not go back."""

    initial: State = None

    def apply(self, state: Any, operation: Operation) -> tuple[Any, State]:
        """(what the operation returns in this state, the state after it).

        An operation whose answer says nothing, like a write, returns whatever `operation.result` is.
        """
        raise NotImplementedError

    def reads(self, operation: Operation) -> frozenset[Any]:
        """What its result depends on, by names that `writes` uses too. Told so that a history can be made smaller:
        an operation may be left out together with all that read what it writes. ALL says nothing is known."""
        return ALL

    def writes(self, operation: Operation) -> frozenset[Any]:
        """What others may see of it; empty where it never changes the state."""
        return ALL

    def partition(self, operation: Operation) -> tuple[Hashable, Specification]:
        """The object that the operation is on, and that object's own specification. (Objects are independent.)"""
        return None, self

    def alike(self, operation: Operation) -> Hashable:
        """Equal where `apply` cannot tell two operations apart."""
        return operation.process, operation.kind, operation.value, operation.key

    def __repr__(self) -> str:
        return f"{type(self).__name__}({'' if self.initial is None else repr(self.initial)})"

    def _unknown(self, operation: Operation, *kinds: str) -> ValueError:
        known = ", ".join(map(repr, kinds))
        return ValueError(f"{type(self).__name__} knows {known}; not {operation.kind!r} ({operation})")


class Register(Specification):
    """One value: "write" replaces it, "read" returns it."""

    def __init__(self, initial: Hashable = None) -> None:
        self.initial = initial

    def apply(self, state: Any, operation: Operation) -> tuple[Any, State]:
        match operation.kind:
            case "read":
                return state, state
            case "write":
                return operation.result, operation.value
        raise self._unknown(operation, "read", "write")

    def reads(self, operation: Operation) -> frozenset[Any]:
        return frozenset((operation.result,)) if operation.kind == "read" else frozenset()

    def writes(self, operation: Operation) -> frozenset[Any]:
        return frozenset((operation.value,)) if operation.kind == "write" else frozenset()

    def alike(self, operation: Operation) -> Hashable:
        return operation.kind, operation.value


class CASRegister(Register):
    """A register with compare-and-set: "cas" of (expected, new) writes and returns True, or returns False."""

    def apply(self, state: Any, operation: Operation) -> tuple[Any, State]:
        match operation.kind, operation.value:
            case "cas", (expected, new):
                return (True, new) if state == expected else (False, state)
            case "cas", value:
                raise ValueError(f"a cas has value (expected, new), not {value!r} ({operation})")
            case "read" | "write", _:
                return super().apply(state, operation)
        raise self._unknown(operation, "read", "write", "cas")

    def reads(self, operation: Operation) -> frozenset[Any]:
        if operation.kind != "cas":
            return super().reads(operation)
        # That it failed says only that some other value was there.
        return ALL if _failed(operation) else frozenset((operation.value[0],))

    def writes(self, operation: Operation) -> frozenset[Any]:
        if operation.kind != "cas":
            return super().writes(operation)
        return frozenset() if _failed(operation) else frozenset((operation.value[1],))


class KeyValue(Specification):
    """Many independent registers, each with compare-and-set, under keys. `initial` is the value of each."""

    initial: tuple[tuple[Hashable, Hashable], ...] = ()

    def __init__(self, initial: Hashable = None) -> None:
        self.register = CASRegister(initial)

    def apply(self, state: Any, operation: Operation) -> tuple[Any, State]:
        values = dict(state)
        result, value = self.register.apply(values.get(operation.key, self.register.initial), operation)
        if value == self.register.initial:
            values.pop(operation.key, None)  # so that equal contents are equal states
        else:
            values[operation.key] = value
        return result, tuple(sorted(values.items(), key=repr))

    def reads(self, operation: Operation) -> frozenset[Any]:
        values = self.register.reads(operation)
        return ALL if values is ALL else frozenset((operation.key, value) for value in values)

    def writes(self, operation: Operation) -> frozenset[Any]:
        return frozenset((operation.key, value) for value in self.register.writes(operation))

    def partition(self, operation: Operation) -> tuple[Hashable, Specification]:
        return operation.key, self.register

    def alike(self, operation: Operation) -> Hashable:
        return operation.key, self.register.alike(operation)

    def __repr__(self) -> str:
        return repr(self.register).replace("CASRegister", "KeyValue")


class Queue(Specification):
    """First in, first out: "enqueue" of a value, "dequeue" returns the oldest, or None where the queue is empty."""

    initial: tuple[Hashable, ...] = ()

    def apply(self, state: Any, operation: Operation) -> tuple[Any, State]:
        match operation.kind:
            case "enqueue":
                return operation.result, (*state, operation.value)
            case "dequeue":
                return (state[0], state[1:]) if state else (None, state)
        raise self._unknown(operation, "enqueue", "dequeue")

    def reads(self, operation: Operation) -> frozenset[Any]:
        # Without its dequeue, a value would bar the way for ever; so the two belong together.
        return self.writes(operation) if operation.known else frozenset()

    def writes(self, operation: Operation) -> frozenset[Any]:
        if operation.kind == "enqueue":
            return frozenset((operation.value,))
        if not operation.known:
            return ALL
        return frozenset() if operation.result is None else frozenset((operation.result,))

    def alike(self, operation: Operation) -> Hashable:
        return operation.kind, operation.value


class Lock(Specification):
    """A lock that one process holds at a time: "acquire" returns False where it is held already, "release" returns
    False for a process that does not hold it. Any other result means that it worked."""

    def apply(self, state: Any, operation: Operation) -> tuple[Any, State]:
        worked = None if operation.result is False else operation.result
        match operation.kind:
            case "acquire":
                return (worked, operation.process) if state is None else (False, state)
            case "release":
                return (worked, None) if state == operation.process else (False, state)
        raise self._unknown(operation, "acquire", "release")

    def reads(self, operation: Operation) -> frozenset[Any]:
        return ALL if _failed(operation) else frozenset((operation.process,))

    def writes(self, operation: Operation) -> frozenset[Any]:
        return frozenset() if _failed(operation) else frozenset((operation.process,))


class Transactions(Specification):
    """Several steps on several keys at once: "txn" of a tuple of ("read", key) and ("write", key, value) returns the
    tuple of what its reads saw. `initial` is the value of each key."""

    initial: tuple[tuple[Hashable, Hashable], ...] = ()

    def __init__(self, initial: Hashable = None) -> None:
        self.empty = initial

    def apply(self, state: Any, operation: Operation) -> tuple[Any, State]:
        if operation.kind != "txn" or not isinstance(operation.value, tuple):
            raise self._unknown(operation, "txn")
        values, seen = dict(state), []
        for step in operation.value:
            match step:
                case ("read", key):
                    seen.append(values.get(key, self.empty))
                case ("write", key, value):
                    values[key] = value
                case _:
                    raise ValueError(f"a step is ('read', key) or ('write', key, value), not {step!r}")
        return tuple(seen), tuple(sorted(values.items(), key=repr))

    def writes(self, operation: Operation) -> frozenset[Any]:
        return ALL if any(step[0] == "write" for step in operation.value) else frozenset()


def _failed(operation: Operation) -> bool:
    return operation.known and operation.result is False
