"""Labs: pictures that answer. Python is the authority; a lab only shows what it says."""

from course_lib.labs.balancer import BalancerLab
from course_lib.labs.detector import DetectorLab
from course_lib.labs.history import HistoryLab
from course_lib.labs.lock import LockLab
from course_lib.labs.partition import PartitionLab
from course_lib.labs.ring import RingLab

__all__ = ["BalancerLab", "DetectorLab", "HistoryLab", "LockLab", "PartitionLab", "RingLab"]
