"""Which node does a key live on? Eight answers behind one small protocol, `Placement`.

Read `ring` first; `modulo` is what it repairs, and each other module is one more design.
"""

from course_lib.hashing.bounded import BoundedLoadRing
from course_lib.hashing.jump import JumpHash, jump
from course_lib.hashing.ketama import KetamaRing
from course_lib.hashing.keys import SPACE, key_bytes, position, positions
from course_lib.hashing.maglev import MaglevTable
from course_lib.hashing.measure import arc_shares, loads, moved_share, peak_to_mean, variation
from course_lib.hashing.modulo import ModuloHashing
from course_lib.hashing.placement import Placement
from course_lib.hashing.rendezvous import RendezvousHash
from course_lib.hashing.ring import HashRing
from course_lib.hashing.slots import HashSlots

__all__ = [
    "SPACE",
    "BoundedLoadRing",
    "HashRing",
    "HashSlots",
    "JumpHash",
    "KetamaRing",
    "MaglevTable",
    "ModuloHashing",
    "Placement",
    "RendezvousHash",
    "arc_shares",
    "jump",
    "key_bytes",
    "loads",
    "moved_share",
    "peak_to_mean",
    "position",
    "positions",
    "variation",
]
