"""Labs: pictures that answer. Python is the authority; a lab only shows what it says."""

from course_lib.labs.ring import RingLab

__all__ = ["RingLab"]
