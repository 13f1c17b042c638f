"""Request and reply over a network that loses, repeats and delays: from "send and hope" to an effect exactly once.

A caller adds amounts to an account at a bank. Both may crash. What must hold is that the account has in it all that was
acknowledged, and nothing twice.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from course_lib.safeguards import of_safeguard, switched_off, variant, what_broke
from course_lib.sim import Network, Node, Scenario


@dataclass(frozen=True)
class Request:
    """Add `amount`. Every try of one request has the same id; a caller counts its ids from 1."""

    id: int
    amount: int


@dataclass(frozen=True)
class Reply:
    """The request of that id was carried out; the account then held `total`."""

    id: int
    total: int


PATIENCE = 1.0  # seconds until a caller tries again; a round trip takes 0.02


class Caller(Node):
    """Asks for one amount after the other, and again until the reply comes: at least once."""

    def __init__(self, bank: str, amounts: tuple[int, ...]) -> None:
        self.bank, self.amounts = bank, amounts

    def on_start(self) -> None:
        if asked(self) > answered(self):
            self.ask()  # after a crash: nobody knows whether it was carried out, so ask again
        else:
            self.go_on()

    def go_on(self) -> None:
        if asked(self) < len(self.amounts):
            self.disk["asked"] = asked(self) + 1
            self.ask()

    def ask(self) -> None:
        self.send(self.bank, Request(self.id(), self.amounts[asked(self) - 1]))
        self.set_timer("patience", PATIENCE)

    def id(self) -> int:
        return asked(self)

    def awaits(self, id: int) -> bool:
        return id == asked(self) > answered(self)

    def on_timer(self, name: str) -> None:
        self.ask()

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Reply(id, _) if self.awaits(id):
                self.disk["answered"] = asked(self)
                self.cancel_timer("patience")
                self.go_on()
            case Reply():
                pass  # it answers a request that was answered before
            case _:
                self.unexpected(sender, message)


class Bank(Node):
    """Carries out each request once, however often it comes: the effect and its record are one write to the disk.

    A caller has one request outstanding, so one line for each caller is all that must be remembered.
    """

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Request(id, amount):
                last, _ = self.record(sender)
                if id > last:
                    self.carry_out(sender, id, amount)
                if id >= last:
                    self.send(sender, Reply(*self.record(sender)))
            case _:
                self.unexpected(sender, message)

    def record(self, caller: str) -> tuple[int, int]:
        """The last request of a caller that was carried out, and the total after it."""
        found: tuple[int, int] = self.disk.get("book", {}).get(caller, (0, 0))
        return found

    def carry_out(self, caller: str, id: int, amount: int) -> None:
        book = dict(self.disk.get("book", {}))
        book["total"] = total_of(self) + amount
        book[caller] = (id, book["total"])
        self.disk["book"] = book


def asked(caller: Any) -> int:
    """How many requests a caller has begun. Its disk says so, even while it is down."""
    return int(caller.disk.get("asked", 0))


def answered(caller: Any) -> int:
    """How many of them it knows to be done."""
    return int(caller.disk.get("answered", 0))


def total_of(bank: Any) -> int:
    """What the account holds."""
    return int(bank.disk.get("book", {}).get("total", 0))


# What must hold

CALLERS = {"ann": (1, 10), "bob": (100, 1000)}
"""What each asks for, in order: powers of ten, so that a total tells how often each amount is in it."""


def nothing_twice(world: Any) -> bool | str:
    """Safety: the account has each amount at most once, and only what was asked for."""
    bank = world.nodes["bank"]
    for amount, begun in _amounts(world, asked):
        if times_paid(bank, amount) > begun:
            often = "once" if begun else "not"
            return f"{amount} was asked for {often}, and the account holds {total_of(bank)}"
    return True


def nothing_lost(world: Any) -> bool | str:
    """Safety: what was acknowledged is in the account."""
    bank = world.nodes["bank"]
    for amount, known in _amounts(world, answered):
        if times_paid(bank, amount) < known:
            return f"{amount} was acknowledged, and the account holds {total_of(bank)}"
    return True


def all_answered(world: Any) -> bool:
    """Liveness: it can always still come to this."""
    return all(known for _, known in _amounts(world, answered))


def times_paid(bank: Any, amount: int) -> int:
    """How often an amount is in the account."""
    return total_of(bank) // amount % 10


def _amounts(world: Any, count: Callable[[Any], int]) -> list[tuple[int, bool]]:
    """All amounts of the callers that are there, and whether each is among the first `count(caller)` of its caller."""
    callers = {name: amounts for name, amounts in CALLERS.items() if name in world.nodes}
    return [
        (amount, number < count(world.nodes[name]))
        for name, amounts in callers.items()
        for number, amount in enumerate(amounts)
    ]


INVARIANTS = (nothing_twice, nothing_lost)

# The safeguards, and the same without each of them

SAFEGUARDS = {
    "retry": "one lost message does not end the exchange",
    "one id for all tries": "the bank can tell a repeated request from a new one",
    "reply matched by its id": "a late reply does not answer the next request",
    "requests remembered": "a request that comes twice is carried out once",
    "reply given again": "who lost the reply gets it with the next try",
    "callers told apart": "two callers may use the same ids",
    "older requests refused": "a request that was delayed for long does not run again",
    "record on disk": "a crash does not make the bank forget",
    "one write": "no crash falls between the effect and its record",
}
ALL = frozenset(SAFEGUARDS)


class NoRetry(Caller):
    def on_timer(self, name: str) -> None:
        pass


class FreshIds(Caller):
    def id(self) -> int:
        self.tries = getattr(self, "tries", 0) + 1
        return self.tries


class AnyReply(Caller):
    def awaits(self, id: int) -> bool:
        return asked(self) > answered(self)


class Forgetful(Bank):
    def on_message(self, sender: str, message: Any) -> None:
        self.disk["book"] = {"total": total_of(self) + message.amount}
        self.send(sender, Reply(message.id, total_of(self)))


class SilentOnRepeats(Bank):
    def on_message(self, sender: str, message: Any) -> None:
        if message.id > self.record(sender)[0]:
            super().on_message(sender, message)


class OneForAll(Bank):
    def record(self, caller: str) -> tuple[int, int]:
        return super().record("anybody")

    def carry_out(self, caller: str, id: int, amount: int) -> None:
        super().carry_out("anybody", id, amount)


class AnyOther(Bank):
    def on_message(self, sender: str, message: Any) -> None:
        if message.id != self.record(sender)[0]:
            self.carry_out(sender, message.id, message.amount)
        self.send(sender, Reply(*self.record(sender)))


class InMemory(Bank):
    def on_start(self) -> None:
        self.done: dict[str, tuple[int, int]] = {}

    def record(self, caller: str) -> tuple[int, int]:
        return self.done.get(caller, (0, 0))

    def carry_out(self, caller: str, id: int, amount: int) -> None:
        self.disk["book"] = {"total": total_of(self) + amount}
        self.done[caller] = (id, total_of(self))


class TwoWrites(Bank):
    def carry_out(self, caller: str, id: int, amount: int) -> None:
        self.disk["book"] = {**self.disk.get("book", {}), "total": total_of(self) + amount}
        self.disk["book"] = {**self.disk["book"], caller: (id, total_of(self))}


WITHOUT: dict[str, type[Caller] | type[Bank]] = {
    "retry": NoRetry,
    "one id for all tries": FreshIds,
    "reply matched by its id": AnyReply,
    "requests remembered": Forgetful,
    "reply given again": SilentOnRepeats,
    "callers told apart": OneForAll,
    "older requests refused": AnyOther,
    "record on disk": InMemory,
    "one write": TwoWrites,
}


def scenario(
    safeguards: frozenset[str] = ALL, callers: int = 1, network: Network | None = None, seed: int | str = 0
) -> Scenario:
    """One caller ("ann"), or two ("bob"), and a bank, with all safeguards but one at most switched off.

    Raises ValueError for an unknown safeguard, or where more than one is off.
    """
    off = switched_off(SAFEGUARDS, safeguards)
    caller, bank = (variant(kind, WITHOUT, off) for kind in (Caller, Bank))
    nodes: dict[str, Callable[[], Node]] = {"ann": lambda: caller("bank", CALLERS["ann"]), "bank": bank}
    if callers == 2:
        nodes["bob"] = lambda: caller("bank", CALLERS["bob"])
    return Scenario(nodes, network=network, seed=seed, invariants=INVARIANTS)


def without(safeguard: str) -> str:
    """Explores every schedule with that safeguard switched off, and tells what broke. KeyError for an unknown one."""
    of_safeguard(WITHOUT, safeguard)
    callers = 2 if safeguard == "callers told apart" else 1
    found = scenario(ALL - {safeguard}, callers).explore(
        losses=1, crashes=2 - callers, always_possible=all_answered
    )
    if found.stuck:
        return f"no reply any more, whatever happens next ({found.stuck.in_steps})"
    return what_broke(found)
