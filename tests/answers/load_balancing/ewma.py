# %% right: two dicts
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% right: a small class, an if for the peak, a loop to choose
import math


class Known:
    def __init__(self, mean, at):
        self.mean, self.at = mean, at

    def left(self, now, decay):
        return self.mean * math.e ** ((self.at - now) / decay)


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay, self.first, self.known = decay, first, {}

    def finished(self, server, took, ok, now):
        known = self.known.get(server.index)
        if known is None or took > known.mean:
            self.known[server.index] = Known(took, now)
            return
        kept = math.exp(-(now - known.at) / self.decay)
        self.known[server.index] = Known(known.left(now, self.decay) + took - took * kept, now)

    def cost(self, server, now):
        known = self.known.get(server.index)
        mean = known.left(now, self.decay) if known else self.first
        return mean + mean * server.outstanding

    def choose(self, servers, request):
        best = 0
        for place in range(len(servers)):
            if self.cost(servers[place], request.time) < self.cost(servers[best], request.time):
                best = place
        return best


# %% wrong: remembers-for-ever
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i]
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: per-request
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            self.means[i] = max(took, 0.9 * self.means[i] + 0.1 * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: per-request (and no decay either)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            self.means[i] = max(took, 0.5 * self.means[i] + 0.5 * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i]
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: per-request (another share)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            self.means[i] = max(took, 0.7 * self.means[i] + 0.3 * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: cold-start-zero
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = 0
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: never-tried
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = float("inf")
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: ignores-in-flight
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: idle-costs-nothing
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * server.outstanding

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: adds-in-flight
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean + server.outstanding

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: climbs-slowly
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = kept * self.means[i] + (1 - kept) * took
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: only-peaks
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            self.means[i] = max(took, self.means[i])
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: only-peaks (which fade)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i])
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: only-the-last
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            self.means[i] = took
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: mixed-the-other-way
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, (1 - kept) * self.means[i] + kept * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: another-decay
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = 0.5 ** ((now - self.times[i]) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * 0.5 ** ((now - self.times[i]) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: another-decay (a straight line)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = max(0, 1 - (now - self.times[i]) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * max(0, 1 - (now - self.times[i]) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: first-is-no-answer
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = max(took, self.first)
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: first-is-no-answer (an observation at time 0)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        mean, then = self.means.get(i, self.first), self.times.get(i, 0)
        kept = exp((then - now) / self.decay)
        self.means[i] = max(took, kept * mean + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        mean = self.means.get(i, self.first) * exp((self.times.get(i, 0) - now) / self.decay)
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: asking-changes
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            self.means[i] *= exp((self.times[i] - now) / self.decay)
            self.times[i] = now
            mean = self.means[i]
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: keeps-the-first-time
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
            self.times[i] = now
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: ok-is-not-asked
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        if not ok:
            return
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: the-dearest
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return max(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: ties
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(reversed(range(len(servers))), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: ties (by index)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(
            range(len(servers)),
            key=lambda place: (self.cost(servers[place], request.time), servers[place].index),
        )


# %% wrong: index-not-place
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(servers, key=lambda server: self.cost(server, request.time)).index


# %% wrong: not-a-place
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(servers, key=lambda server: self.cost(server, request.time))


# %% wrong: not-a-place (the cost)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(self.cost(server, request.time) for server in servers)


# %% wrong: another-cost (errors count twice)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        if not ok:
            took *= 2
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: weights-are-not-asked
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1) / server.weight

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: zero-is-an-answer
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if not took:
            return
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: zero-is-an-answer (a mean of 0 is taken for none)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if not self.means.get(i):
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if self.means.get(i):
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: zero-is-an-answer (only where it is asked for)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if self.means.get(i):
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: another-cost (the better of two, as the library does)
from math import exp
from random import Random


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}
        self.random = Random(1)

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        places = self.random.sample(range(len(servers)), min(2, len(servers)))
        return min(places, key=lambda place: self.cost(servers[place], request.time))


# %% wrong: another-cost (ten under way are as many as it counts)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (min(server.outstanding, 10) + 1)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: self.cost(servers[place], request.time))


# %% wrong: another-cost (of many servers it looks at the first two)
from math import exp


class PeakEWMA:
    def __init__(self, decay, first):
        self.decay = decay
        self.first = first
        self.means = {}
        self.times = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if i not in self.means:
            self.means[i] = took
        else:
            kept = exp((self.times[i] - now) / self.decay)
            self.means[i] = max(took, kept * self.means[i] + (1 - kept) * took)
        self.times[i] = now

    def cost(self, server, now):
        i = server.index
        if i in self.means:
            mean = self.means[i] * exp((self.times[i] - now) / self.decay)
        else:
            mean = self.first
        return mean * (server.outstanding + 1)

    def choose(self, servers, request):
        size = len(servers) if len(servers) <= 4 else 2
        return min(range(size), key=lambda place: self.cost(servers[place], request.time))
