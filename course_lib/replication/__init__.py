"""Who is dead, and who takes over: failure detectors, membership by gossip, and copies that stand in for each other.

| to read first | what it has |
|---|---|
| `detectors` | a timeout, and a suspicion that grows: phi |
| `watching` | nodes that send heartbeats and watch each other |
| `swim_member` | SWIM: a group that finds its dead, at a cost to each member that does not grow |
| `swim` | what must hold of it, and what breaks without each safeguard |

| then | |
|---|---|
| `detector_trade` | false alarms against time to detect, for delays of any law |
| `swim_measured` | periods to the first detection, messages, and the living that were buried |
| `gossip` | how many rounds a rumour takes |

| copies that stand in for each other | |
|---|---|
| `views` | a view service: who the replicas of the moment are, and who leads them |
| `logs`, `members` | what replicas have in common: a log, copied to those who follow |
| `replicas`, `primary_backup` | primary-backup, and what breaks without each safeguard |
| `chaining`, `chain` | the same of chain replication |
| `customers` | their clients, and what became of what they were told |
| `supervising` | what a failure costs in each kind of replication |
| `storms`, `grey` | faults of every kind, by a seed; nodes that look well and do nothing |

| for real | |
|---|---|
| `live` | primary-backup as processes, its primary killed by the operating system |
| `sentinel_failover` | Redis with Sentinel, its primary killed: the outage, and the writes that are lost |
| `service` | what clients saw of either, or of a run; `pictures.service` draws it |
| `sentinel_under_load`, `slow_link`, `writer` | what that takes: a link that lags, a client that remembers |

| how many copies | |
|---|---|
| `redundancy`, `checkpoints` | how often enough machines are up; what a crash costs a long job |

Names below load their module when they are first used.
"""

from course_lib.lazily import lazily

HOME = {
    "CarefulService": "views",
    "ChainReplica": "chaining",
    "Customer": "customers",
    "ExponentialPhiDetector": "detectors",
    "HeartbeatDetector": "detectors",
    "PhiAccrualDetector": "detectors",
    "Replica": "replicas",
    "Swim": "swim_member",
    "View": "views",
    "ViewService": "views",
}
__all__ = list(HOME)
__getattr__, __dir__ = lazily(__name__, HOME)
