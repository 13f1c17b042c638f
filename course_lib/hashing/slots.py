"""Fixed slots: a key's slot never changes, and slots are handed from node to node.

Redis Cluster specification, "Key distribution model" and "Hash tags".
"""

from binascii import crc_hqx
from collections.abc import Iterable

import numpy as np

from course_lib.hashing.arguments import is_whole
from course_lib.hashing.keys import Key, key_bytes
from course_lib.hashing.placement import Placement

SLOTS = 16384


def slot_of(key: Key) -> int:
    """Redis Cluster's slot of `key`: CRC16 modulo 16,384.

    Of a key with a part in braces only the first such part counts, unless it is empty: so
    "{user:7}:name" and "{user:7}:cart" share a slot, and may be changed in one transaction.
    """
    name = key_bytes(key)
    opening = name.find(b"{")
    closing = name.find(b"}", opening + 1)
    if opening >= 0 and closing > opening + 1:
        name = name[opening + 1 : closing]
    return crc_hqx(name, 0) % SLOTS  # CRC-16/XMODEM


class HashSlots(Placement):
    """16,384 slots dealt out in even runs; afterwards `move` decides, one slot at a time."""

    def __init__(self, nodes: Iterable[str] = ()) -> None:
        super().__init__(nodes, hasher=slot_of)
        self._owner = np.empty(SLOTS, object)
        for number, node in enumerate(sorted(self._nodes)):
            begin, end = (round(SLOTS * n / len(self._nodes)) for n in (number, number + 1))
            self._owner[begin:end] = node

    def slot(self, key: Key) -> int:
        """The slot of `key`, from 0 to 16,383."""
        return slot_of(key)

    def lookup(self, key: Key) -> str:
        self._need_nodes()
        return self._owner[slot_of(key)]

    def _owners(self, places: np.ndarray) -> np.ndarray:
        return self._owner[places.astype(np.intp)]

    def slots(self, node: str) -> list[int]:
        """The slots that `node` serves, in order."""
        self._check_known(node)
        return np.flatnonzero(self._owner == node).tolist()

    def move(self, slot: int, node: str) -> None:
        """Hands `slot` to `node`. Raises ValueError for no slot of 0 to 16,383, KeyError for no node."""
        self._check_known(node)
        if not is_whole(slot) or not 0 <= slot < SLOTS:
            raise ValueError(f"a slot is a whole number from 0 to {SLOTS - 1}, not {slot!r}")
        self._owner[slot] = node

    def plan(self) -> list[tuple[int, str]]:
        """The fewest moves, as (slot, to), after which no node serves two slots more than another.

        None of them is made: hand each to `move` to even out what moves by hand left uneven.
        """
        served = {node: self.slots(node) for node in sorted(self._nodes)}
        floor, extra = divmod(SLOTS, max(1, len(served)))
        fullest_first = sorted(served, key=lambda node: -len(served[node]))  # they keep the odd slot
        share = {node: floor + (rank < extra) for rank, node in enumerate(fullest_first)}
        spare = [slot for node, slots in served.items() for slot in slots[share[node] :]]
        takers = [node for node, slots in served.items() for _ in range(share[node] - len(slots))]
        return list(zip(spare, takers, strict=True))

    def add(self, node: str) -> None:
        """Lets `node` join with its fair share of slots, each from the node that is fullest then."""
        self._check_new(node)
        served = {other: self.slots(other) for other in sorted(self._nodes)}
        self._nodes.append(node)
        if not served:
            self._owner[:] = node
            return
        for _ in range(SLOTS // len(self._nodes)):
            fullest = max(served.values(), key=len)
            self._owner[fullest.pop()] = node

    def remove(self, node: str) -> None:
        """Lets `node` go and deals out its slots, each to the node that is emptiest then."""
        left = self.slots(node)
        self._nodes.remove(node)
        served = {other: len(self.slots(other)) for other in sorted(self._nodes)}
        if not served:
            self._owner[:] = None
            return
        takers = []
        for _ in left:
            takers.append(min(served, key=served.__getitem__))
            served[takers[-1]] += 1
        self._owner[left] = sorted(takers)  # a run of slots for each
