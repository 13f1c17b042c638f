"""Load balancing: who gets the next request, and what comes of it, in numbers.

| to read first | what it has |
|---|---|
| `policies` | each policy, a few lines behind `choose(servers, request)` |
| `simulation`, `servers` | a balancer and its servers, without events |
| `services`, `report` | how much work a request is, and what came of it |
| `theory` | what queueing theory says of the same |

| then | |
|---|---|
| `health` | servers that fail are left out, but not too many |
| `bins` | balls into bins: what a second choice does |
| `tails` | the slowest few, hedged requests, and requests to many servers |

`live` has the same policies over real HTTP on loopback.

Names below load their module, and numpy with it, when they are first used.
"""

from course_lib.lazily import lazily

HOME = {
    "Backend": "servers",
    "BoundedHash": "policies",
    "LeastRequest": "policies",
    "OutlierEjection": "health",
    "PeakEWMA": "policies",
    "PowerOfTwoChoices": "policies",
    "RandomChoice": "policies",
    "Report": "report",
    "RoundRobin": "policies",
    "SmoothWeightedRoundRobin": "policies",
    "bimodal": "services",
    "constant": "services",
    "exponential": "services",
    "heavy_tailed": "services",
    "simulate": "simulation",
}
__all__ = list(HOME)
__getattr__, __dir__ = lazily(__name__, HOME)
