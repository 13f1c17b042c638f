"""What the course draws: deterministic SVG, one palette, and a house style for charts."""

from course_lib.pictures.beside import beside
from course_lib.pictures.causality import causality
from course_lib.pictures.history import history_picture, verdict_picture
from course_lib.pictures.lease import lease_picture
from course_lib.pictures.picture import Picture
from course_lib.pictures.ring import Key, Walk, ring_picture, small_ring
from course_lib.pictures.service import service_picture
from course_lib.pictures.spacetime import spacetime
from course_lib.pictures.topology import topology
from course_lib.pictures.waits_for import waits_for_picture
from course_lib.sim import trace as _trace

__all__ = [
    "Key",
    "Picture",
    "Walk",
    "beside",
    "causality",
    "history_picture",
    "lease_picture",
    "ring_picture",
    "service_picture",
    "small_ring",
    "spacetime",
    "topology",
    "verdict_picture",
    "waits_for_picture",
]

_trace.show = lambda trace: {"text/html": spacetime(trace).svg}
