"""Chapter 03, consistent hashing: one module a question."""

from course_lib.checks.hashing import (
    bounded,
    build_ring,
    hot_keys,
    moved_share,
    replicas,
    ring_lookup,
)

QUESTIONS = [
    module.QUESTION for module in (moved_share, ring_lookup, build_ring, replicas, bounded, hot_keys)
]
