"""What the exploration benchmark explores: two-phase commit, small, with its records in the right order.

Chapter 06 has the one to learn from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from course_lib.sim import Node, Scenario


@dataclass(frozen=True)
class Prepare:
    pass


@dataclass(frozen=True)
class Vote:
    yes: bool


@dataclass(frozen=True)
class Decision:
    commit: bool


@dataclass(frozen=True)
class Done:
    pass


class Coordinator(Node):
    def on_start(self) -> None:
        self.votes: set[str] = set()
        if "decision" in self.disk:
            self.tell()
        elif "begun" in self.disk:
            self.decide(False)
        else:
            self.disk["begun"] = True
            for peer in self.peers:
                self.send(peer, Prepare())
            self.set_timer("patience", 1)

    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Vote(True):
                self.votes.add(sender)
                if len(self.votes) == len(self.peers):
                    self.decide(True)
            case Vote(False):
                self.decide(False)
            case Done():
                pass

    def on_timer(self, name: str) -> None:
        self.decide(False)

    def decide(self, commit: bool) -> None:
        if "decision" not in self.disk:
            self.disk["decision"] = commit
            self.cancel_timer("patience")
            self.tell()

    def tell(self) -> None:
        for peer in self.peers:
            self.send(peer, Decision(self.disk["decision"]))


class Participant(Node):
    def on_message(self, sender: str, message: Any) -> None:
        match message:
            case Prepare():
                self.disk.setdefault("state", "prepared")
                self.send(sender, Vote(self.disk["state"] in ("prepared", "committed")))
            case Decision(commit):
                self.disk["state"] = "committed" if commit else "aborted"
                self.send(sender, Done())


def agreement(world: Any) -> bool | str:
    """No participant commits what another aborts."""
    states = {world.nodes[name].disk.get("state") for name in world.nodes if name != "c"}
    return not {"committed", "aborted"} <= states or "one committed, another aborted"


def scenario(participants: int) -> Scenario:
    names = [f"p{number}" for number in range(participants)]
    return Scenario({"c": Coordinator, **dict.fromkeys(names, Participant)}, invariants=[agreement])
