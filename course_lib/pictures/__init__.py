"""What the course draws: deterministic SVG, one palette, and a house style for charts."""

from course_lib.pictures.picture import Picture
from course_lib.pictures.ring import Key, Walk, ring_picture, small_ring

__all__ = ["Key", "Picture", "Walk", "ring_picture", "small_ring"]
