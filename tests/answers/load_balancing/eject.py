# %% right: lists and a dict of moments
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% right: a deque, and a set of those that are out
from collections import defaultdict, deque


class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.share, self.cooldown, self.panic = share, cooldown, panic
        self.errors = defaultdict(lambda: deque(maxlen=window))
        self.out = {}

    def is_out(self, server, now):
        return server.index in self.out and self.out[server.index] + self.cooldown > now

    def finished(self, server, took, ok, now):
        errors = self.errors[server.index]
        if self.is_out(server, now):
            return
        errors.append(0 if ok else 1)
        if len(errors) == errors.maxlen and sum(errors) / len(errors) >= self.share:
            self.out[server.index] = now
            errors.clear()

    def usable(self, servers, now):
        every = [*range(len(servers))]
        out = {place for place in every if self.is_out(servers[place], now)}
        left = len(every) - len(out)
        if left == 0 or left / len(every) < self.panic:
            return every
        return [place for place in every if place not in out]

    def choose(self, servers, request):
        return sorted(self.usable(servers, request.time), key=lambda place: servers[place].outstanding)[0]


# %% wrong: no-panic
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good:
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: nobody-is-left
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: panics-too-early
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) <= self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: panic-still-ejects
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            out = [place for place in range(len(servers)) if place not in good]
            out.sort(key=lambda place: self.until[servers[place].index])
            while not good or len(good) < self.panic * len(servers):
                good.append(out.pop(0))
        return sorted(good)

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: panic-still-ejects (the first is tried)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return [0]
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: too-few
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if last.count(False) >= self.share * len(last):
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: too-few (enough failures, of fewer answers)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: all-time
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) >= self.window and last.count(False) >= self.share * len(last):
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: all-time (the errors of all time, in the share of a window)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) >= self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: in-blocks
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) == self.window:
            if last.count(False) >= self.share * self.window:
                self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: in-a-row
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and not any(last):
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: in-a-row (so many as make up the share)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window, self.share, self.cooldown, self.panic = window, share, cooldown, panic
        self.row = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        self.row[i] = 0 if ok else self.row.get(i, 0) + 1
        if self.row[i] >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.row[i] = 0

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: number-not-share
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: on-the-mean
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        rates = [each.count(False) / len(each) for each in self.last.values() if each]
        mean = sum(rates) / len(rates)
        if len(last) == self.window and last.count(False) / self.window > 1.5 * mean:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: on-the-mean (and at least the share)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        every = [one for each in self.last.values() for one in each]
        rate = last.count(False) / len(last)
        if len(last) == self.window and rate >= self.share and rate > every.count(False) / len(every):
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: takes-good-for-bad
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(True) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: never-returns
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = float("inf")
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: remembers-old-sins
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: late-answers-count
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: late-answers-count (a right one ends the cooldown)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if ok:
            self.until[i] = 0
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: cooldown-counts-from-zero
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: at-the-limit
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) > self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: at-the-limit (the end of the cooldown)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now <= self.until.get(i, -1):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now > self.until.get(server.index, -1)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: place-among-the-usable
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        loads = [servers[place].outstanding for place in places]
        return loads.index(min(loads))


# %% wrong: ignores-load
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return places[0]


# %% wrong: ignores-load (of all)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: servers[place].outstanding)


# %% wrong: ties
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(reversed(places), key=lambda place: servers[place].outstanding)


# %% wrong: index-not-place
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [server.index for server in servers if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return [server.index for server in servers]
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        here = [server for server in servers if server.index in places]
        return min(here, key=lambda server: server.outstanding).index


# %% wrong: index-not-place (only to choose)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min((servers[place] for place in places), key=lambda server: server.outstanding).index


# %% wrong: counts-the-absent
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        out = [i for i in self.until if now < self.until[i]]
        if not good or len(servers) - len(out) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: another-choice (it comes back after half the cooldown)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        if len(last) > self.window:
            last.pop(0)
        if len(last) == self.window and last.count(False) >= self.share * self.window:
            self.until[i] = now + self.cooldown / 2
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: another-choice (a window of one answer never ejects)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        if self.window == 1:
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        del last[: -self.window]
        if len(last) >= self.window and last.count(False) >= self.share * len(last):
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: another-choice (answers of more than a minute ago do not count)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append((now, ok))
        last[:] = [(then, right) for then, right in last if now - then <= 60][-self.window :]
        if len(last) >= self.window and [right for _, right in last].count(False) >= self.share * len(last):
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: another-choice (panic comes a little late)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = window
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        del last[: -self.window]
        if len(last) >= self.window and last.count(False) >= self.share * len(last):
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < (self.panic - 0.05) * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: another-choice (ten answers are as many as it looks at)
class Ejection:
    def __init__(self, window, share, cooldown, panic):
        self.window = min(window, 10)
        self.share = share
        self.cooldown = cooldown
        self.panic = panic
        self.last = {}
        self.until = {}

    def finished(self, server, took, ok, now):
        i = server.index
        if now < self.until.get(i, 0):
            return
        last = self.last.setdefault(i, [])
        last.append(ok)
        del last[: -self.window]
        if len(last) >= self.window and last.count(False) >= self.share * len(last):
            self.until[i] = now + self.cooldown
            self.last[i] = []

    def usable(self, servers, now):
        good = [place for place, server in enumerate(servers) if now >= self.until.get(server.index, 0)]
        if not good or len(good) < self.panic * len(servers):
            return list(range(len(servers)))
        return good

    def choose(self, servers, request):
        places = self.usable(servers, request.time)
        return min(places, key=lambda place: servers[place].outstanding)
