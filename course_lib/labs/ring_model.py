"""What the ring lab knows: the nodes, the keys, and what the last change moved. No browser is needed for it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import count, product
from math import isfinite
from string import ascii_uppercase
from typing import Any

from course_lib.hashing import HashRing, ModuloHashing, position
from course_lib.labs.guard import Refused
from course_lib.labs.lab import perform
from course_lib.labs.subject import Subject
from course_lib.pictures import Key, Picture, Walk, palette, ring_picture
from course_lib.pictures.load import Load

MAX_KEYS, MAX_NODES, MAX_POINTS = 5_000, 40, 20_000  # what a browser still draws at once


@dataclass(frozen=True)
class Setting:
    """What the reader has set up, and what the placement answers for it: replaced as a whole, or not at all."""

    subject: Subject
    placement: Any
    nodes: tuple[str, ...]
    vnodes: int
    weights: dict[str, float]
    probe: str
    replicas: int
    owners: tuple[str, ...] = ()
    points: tuple[tuple[int, str], ...] = ()
    places: tuple[int, ...] = ()  # of the keys, on the circle of the points
    stops: tuple[str, ...] = ()
    start: int = 0  # the place of the probe

    def answered(self, keys: Sequence[str]) -> Setting:
        """The same setting with the placement's answers; Refused where it has none."""
        subject, placement, nodes = self.subject, self.placement, self.nodes
        owners = tuple(subject.owners(placement, keys, nodes))
        points = tuple(subject.points(placement, nodes))
        answered = replace(self, owners=owners, points=points)
        return replace(answered, places=tuple(answered._places(keys))).followed()

    def followed(self) -> Setting:
        """The same setting with the walk of its probe; Refused where the placement has none."""
        stops = self.subject.stops(self.placement, self.probe, self.replicas, self.nodes)
        return replace(self, stops=stops, start=self._places([self.probe])[0])

    def _places(self, keys: Sequence[str]) -> list[int]:
        """Without points there is no ring to lie on, and any will do."""
        return self.subject.places(self.placement, keys) if self.points else [position(key) for key in keys]

    def shares(self) -> dict[str, float]:
        """The fair share of each node, by its weight; they add up to 1."""
        weighs = "weights" in self.subject.options
        weights = {node: self.weights.get(node, 1) if weighs else 1 for node in self.nodes}
        return {node: weight / sum(weights.values()) for node, weight in weights.items()}


class RingModel:
    """A placement, some keys and the reader's acts on them. An act that cannot be done raises Refused."""

    ACTS = frozenset(
        ("add", "remove", "rename", "weigh", "set_vnodes", "place_by", "probe", "probe_at", "set_replicas")
    )

    def __init__(
        self,
        ring: Any = None,
        nodes: Iterable[str] | None = None,
        vnodes: int | None = None,
        keys: int | Iterable[str] = 1000,
        replicas: int = 3,
    ) -> None:
        given = ring if hasattr(ring, "lookup") and not isinstance(ring, type) else None
        self.subject = Subject(HashRing if ring is None else ring if given is None else type(given))
        self.keys = _checked_keys(keys)
        self.moved: tuple[bool, ...] = (False,) * len(self.keys)
        self.before: Counter[str] | None = None
        self.movement: tuple[float, float] | None = None
        names = tuple(getattr(given, "nodes", "ABCDE") if nodes is None else nodes)
        if not names:
            raise Refused("A lab needs a node to begin with: nodes=['A'].")
        if len(names) > MAX_NODES:
            raise Refused(f"A lab shows up to {MAX_NODES} nodes; here are {len(names)}.")
        points = getattr(given, "vnodes", 100) if vnodes is None else vnodes
        weights = dict(getattr(given, "weights", {}))
        _check_count("Replicas", replicas, MAX_NODES)
        _check_points(self.subject, names, points)
        placement = self.subject.build(names, points, weights) if given is None or nodes or vnodes else given
        self.slots = {node: slot for slot, node in enumerate(names)}
        setting = Setting(self.subject, placement, names, points, weights, "user:17", replicas)
        self.setting = setting.answered(self.keys)
        self.status = f"{len(self.keys):,} keys on {len(names)} nodes."

    def act(self, do: str, **arguments: Any) -> None:
        """One of the reader's acts by name, as `act("rename", node="A", name="Z")`."""
        perform(self, do, arguments)

    def add(self, node: str | None = None) -> None:
        """A new node of weight 1; without a name, one in the manner of the others."""
        s = self.setting
        if node is None:
            node = _free_name(s.nodes)
        _check_name(node, s.nodes)
        if len(s.nodes) >= MAX_NODES:
            raise Refused(f"{MAX_NODES} nodes are what the lab can show: remove one first.")
        self.slots[node] = next(
            slot for slot in range(MAX_NODES) if slot not in [self.slots[n] for n in s.nodes]
        )
        self._change(
            f"{node} joined", nodes=(*s.nodes, node), placement=s.subject.changed(s.placement, "add", node)
        )

    def remove(self, node: str) -> None:
        """Takes a node away; the last one stays."""
        s = self.setting
        self._check_known(node)
        if len(s.nodes) == 1:
            raise Refused(f"{node} is the last node: add another before you remove it.")
        rest = tuple(other for other in s.nodes if other != node)
        weights = {other: weight for other, weight in s.weights.items() if other != node}
        changed = s.subject.changed(s.placement, "remove", node)
        self._change(f"{node} left", nodes=rest, weights=weights, placement=changed)

    def rename(self, node: str, name: str) -> None:
        """The same machine under a new name: no key would have to move, but a ring places nodes by name."""
        s = self.setting
        self._check_known(node)
        _check_name(name, s.nodes)
        new = {node: name}
        self.slots[name] = self.slots[node]
        self._change(
            f"{node} is called {name} now",
            renamed=new,
            nodes=tuple(new.get(n, n) for n in s.nodes),
            weights={new.get(n, n): weight for n, weight in s.weights.items()},
        )

    def weigh(self, node: str, weight: float) -> None:
        """A node of weight 2 should hold twice the keys of a node of weight 1."""
        self._check_known(node)
        self._check_able("weights")
        if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0.1 <= weight <= 10:
            raise Refused(f"A weight is a number from 0.1 to 10, not {weight!r}.")
        self._change(f"{node} has weight {weight:g}", weights={**self.setting.weights, node: weight})

    def set_vnodes(self, vnodes: int) -> None:
        """So many points on the ring for each node of weight 1."""
        self._check_able("vnodes")
        self._change(f"{vnodes} virtual node{'' if vnodes == 1 else 's'} each", vnodes=vnodes)

    def place_by(self, way: str) -> None:
        """`"ring"` is what the lab was given; `"modulo"` is there for comparison."""
        if way not in ("ring", "modulo"):
            raise Refused(f'Keys are placed by "ring" or by "modulo", not by {way!r}.')
        subject = self.subject if way == "ring" else Subject(ModuloHashing)
        self._change(f"Placed by {subject.name}", subject=subject)

    def probe(self, key: str) -> None:
        """Follows another key to its nodes."""
        if not isinstance(key, str) or not key:
            raise Refused("Type a key to see where it lives.")
        self._follow(probe=key)

    def probe_at(self, turn: float) -> None:
        """Follows the key nearest to a place on the ring; `turn` is in [0, 1), 0 at 12 o'clock."""
        if isinstance(turn, bool) or not isinstance(turn, int | float) or not isfinite(turn):
            raise Refused(f"A place on the ring is a number of turns, not {turn!r}.")
        place = round(turn % 1 * 2**64)
        distances = [min((at - place) % 2**64, (place - at) % 2**64) for at in self.setting.places]
        self.probe(self.keys[distances.index(min(distances))])

    def set_replicas(self, replicas: int) -> None:
        """On how many different nodes a key is kept, its owner among them."""
        self._check_able("replicas")
        _check_count("Replicas", replicas, len(self.setting.nodes))
        self._follow(replicas=replicas)

    def picture(self) -> Picture:
        """The ring with its keys, the walk, the loads, and what the last change moved."""
        s, total = self.setting, len(self.keys)
        held = Counter(s.owners)
        before = held if self.before is None else self.before
        loads = [
            Load(node, held[node], share * total, held[node] - before[node])
            for node, share in s.shares().items()
        ]
        return ring_picture(
            s.points,
            nodes=s.nodes,
            keys=[Key(*key) for key in zip(s.places, s.owners, self.moved, strict=True)],
            walk=Walk(s.probe, s.start, s.stops),
            loads=loads,
            movement=self.movement,
            looks=self.looks(),
        )

    def looks(self) -> dict[str, palette.Look]:
        """How each node is shown: a node keeps its colour while others come and go."""
        return palette.looks(self.setting.nodes, self.slots)

    def _follow(self, **change: Any) -> None:
        self.setting = s = replace(self.setting, **change).followed()
        copies = f", copies on {', '.join(s.stops[1:])}" if s.stops[1:] else ""
        self.status = f"{s.probe} lives on {s.stops[0]}{copies}."

    def _change(self, event: str, renamed: dict[str, str] | None = None, **change: Any) -> None:
        """Takes the new setting if the placement can answer for it, and counts what moved."""
        old, total, renamed = self.setting, len(self.keys), renamed or {}
        new = replace(old, **{"placement": None, **change})
        _check_points(new.subject, new.nodes, new.vnodes)
        if new.placement is None:
            new = replace(new, placement=new.subject.build(new.nodes, new.vnodes, new.weights))
        self.setting = new.answered(self.keys)
        was = [renamed.get(owner, owner) for owner in old.owners]
        self.moved = tuple(a != b for a, b in zip(was, self.setting.owners, strict=True))
        self.before = Counter(was)
        had = {renamed.get(node, node): share for node, share in old.shares().items()}
        # No placement can do with less: what a node's fair share grew by has to come from elsewhere.
        ideal = sum(max(0.0, share - had.get(node, 0)) for node, share in self.setting.shares().items())
        self.movement = sum(self.moved) / total, ideal
        share, least = (f"{part:.1%}".replace("%", " %") for part in self.movement)
        self.status = f"{event}: {sum(self.moved):,} of {total:,} keys moved, {share}; ideal {least}."

    def _check_known(self, node: str) -> None:
        if node not in self.setting.nodes:
            raise Refused(f"There is no node {node!r}, only {', '.join(self.setting.nodes)}.")

    def _check_able(self, control: str) -> None:
        reason = self.setting.subject.missing(self.setting.placement).get(control)
        if reason:
            raise Refused(reason)


def _checked_keys(keys: int | Iterable[str]) -> tuple[str, ...]:
    found = tuple(f"user:{i}" for i in range(keys)) if isinstance(keys, int) else tuple(keys)
    if not 1 <= len(found) <= MAX_KEYS or not all(isinstance(key, str) for key in found):
        raise Refused(
            f"A lab shows 1 to {MAX_KEYS:,} keys, each a str; here are {len(found):,}: {found[:3]!r}..."
        )
    return found


def _free_name(nodes: Sequence[str]) -> str:
    """After "n9" comes "n10"; where names are not numbered, the first letter that is free."""
    numbered = re.fullmatch(r"(.*?)(\d+)", nodes[-1])
    if numbered:
        names = (f"{numbered[1]}{i}" for i in count(int(numbered[2]) + 1))
    else:
        letters = (*ascii_uppercase, *map("".join, product(ascii_uppercase, repeat=2)))
        names = (letter if max(map(len, nodes)) <= 3 else f"node-{letter}" for letter in letters)
    return next(name for name in names if name not in nodes)


def _check_name(name: str, nodes: Sequence[str]) -> None:
    if not isinstance(name, str) or not name.strip() or len(name) > 40:
        raise Refused(f"A node's name is 1 to 40 characters, not {name!r}.")
    if name in nodes:
        raise Refused(f"There is a node {name} already: each needs a name of its own.")


def _check_points(subject: Subject, nodes: Sequence[str], vnodes: int) -> None:
    if "vnodes" in subject.options:
        _check_count(f"Virtual nodes of each of {len(nodes)} nodes", vnodes, MAX_POINTS // len(nodes))


def _check_count(what: str, value: int, most: int) -> None:
    if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= most:
        raise Refused(f"{what}: a whole number from 1 to {most:,}, not {value!r}.")
