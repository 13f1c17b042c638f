# %% right: in one loop, as nginx does it
class Smooth:
    def __init__(self):
        self.credit = {}

    def choose(self, servers, request):
        total = 0
        best = None
        for place, server in enumerate(servers):
            self.credit[server.index] = self.credit.get(server.index, 0) + server.weight
            total += server.weight
            if best is None or self.credit[server.index] > self.credit[servers[best].index]:
                best = place
        self.credit[servers[best].index] -= total
        return best


# %% right: a defaultdict and max
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] += server.weight
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] -= sum(server.weight for server in servers)
        return place


# %% right: who pays first and earns later
class Smooth:
    def __init__(self):
        self.debt = {}

    def choose(self, servers, request):
        def rich(place):
            server = servers[place]
            return server.weight - self.debt.get(server.index, 0), -place

        place = max(range(len(servers)), key=rich)
        for server in servers:
            self.debt[server.index] = self.debt.get(server.index, 0) - server.weight
        self.debt[servers[place].index] += sum(server.weight for server in servers)
        return place


# %% wrong: bursts
class Smooth:
    def __init__(self):
        self.count = -1

    def choose(self, servers, request):
        slots = []
        for place, server in enumerate(servers):
            slots += [place] * int(server.weight)
        self.count += 1
        return slots[self.count % len(slots)]


# %% wrong: bursts (the current one until its weight is used up)
class Smooth:
    def __init__(self):
        self.place = -1
        self.left = 0

    def choose(self, servers, request):
        if self.left <= 0 or self.place >= len(servers):
            self.place = (self.place + 1) % len(servers)
            self.left = servers[self.place].weight
        self.left -= 1
        return self.place


# %% wrong: bursts (who has got the least for its weight)
class Smooth:
    def __init__(self):
        self.got = {}

    def choose(self, servers, request):
        shares = [(self.got.get(server.index, 0) + 1) / server.weight for server in servers]
        place = shares.index(min(shares))
        index = servers[place].index
        self.got[index] = self.got.get(index, 0) + 1
        return place


# %% wrong: bursts (a list that is divided by the greatest common divisor, made once)
from math import gcd


class Smooth:
    def __init__(self):
        self.order = []
        self.next = 0

    def choose(self, servers, request):
        if not self.order:
            divisor = gcd(*(max(1, int(server.weight)) for server in servers))
            for place, server in enumerate(servers):
                self.order += [place] * (int(server.weight) // divisor)
        place = self.order[self.next % len(self.order)]
        self.next += 1
        return place


# %% wrong: pays-its-weight
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] += server.weight
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] -= servers[place].weight
        return place


# %% wrong: pays-all
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] += server.weight
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] = 0
        return place


# %% wrong: never-pays
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] += server.weight
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        return place


# %% wrong: starts-again
class Smooth:
    def __init__(self):
        self.credit = {}
        self.before = None

    def choose(self, servers, request):
        now = [(server.index, server.weight) for server in servers]
        if now != self.before:
            self.credit = {}
            self.before = now
        total = 0
        best = None
        for place, server in enumerate(servers):
            self.credit[server.index] = self.credit.get(server.index, 0) + server.weight
            total += server.weight
            if best is None or self.credit[server.index] > self.credit[servers[best].index]:
                best = place
        self.credit[servers[best].index] -= total
        return best


# %% wrong: starts-again (where other servers are there)
class Smooth:
    def __init__(self):
        self.credit = {}

    def choose(self, servers, request):
        if set(self.credit) != {server.index for server in servers}:
            self.credit = {}
        total = 0
        best = None
        for place, server in enumerate(servers):
            self.credit[server.index] = self.credit.get(server.index, 0) + server.weight
            total += server.weight
            if best is None or self.credit[server.index] > self.credit[servers[best].index]:
                best = place
        self.credit[servers[best].index] -= total
        return best


# %% wrong: forgets-the-absent
class Smooth:
    def __init__(self):
        self.credit = {}

    def choose(self, servers, request):
        here = {server.index for server in servers}
        self.credit = {index: credit for index, credit in self.credit.items() if index in here}
        total = 0
        best = None
        for place, server in enumerate(servers):
            self.credit[server.index] = self.credit.get(server.index, 0) + server.weight
            total += server.weight
            if best is None or self.credit[server.index] > self.credit[servers[best].index]:
                best = place
        self.credit[servers[best].index] -= total
        return best


# %% wrong: forgets-the-absent (after 16 requests)
class Smooth:
    def __init__(self):
        self.credit = {}
        self.seen = {}
        self.number = 0

    def choose(self, servers, request):
        self.number += 1
        for server in servers:
            self.seen[server.index] = self.number
            self.credit[server.index] = self.credit.get(server.index, 0) + server.weight
        for index, number in self.seen.items():
            if number < self.number - 16:
                self.credit[index] = 0
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] -= sum(server.weight for server in servers)
        return place


# %% wrong: by-place
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)

    def choose(self, servers, request):
        for place, server in enumerate(servers):
            self.credit[place] += server.weight
        best = max(range(len(servers)), key=lambda place: self.credit[place])
        self.credit[best] -= sum(server.weight for server in servers)
        return best


# %% wrong: by-place (a list of the first length)
class Smooth:
    def __init__(self):
        self.credit = None

    def choose(self, servers, request):
        if self.credit is None:
            self.credit = [0] * len(servers)
        for place, server in enumerate(servers):
            self.credit[place] += server.weight
        best = max(range(len(servers)), key=lambda place: self.credit[place])
        self.credit[best] -= sum(server.weight for server in servers)
        return best


# %% wrong: old-weights
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)
        self.weights = {}

    def choose(self, servers, request):
        for server in servers:
            if server.index not in self.weights:
                self.weights[server.index] = server.weight
            self.credit[server.index] += self.weights[server.index]
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] -= sum(self.weights[server.index] for server in servers)
        return place


# %% wrong: old-weights (the first sum)
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)
        self.total = 0

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] += server.weight
        if not self.total:
            self.total = sum(server.weight for server in servers)
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] -= self.total
        return place


# %% wrong: made-once
class Smooth:
    def __init__(self):
        self.order = []
        self.next = -1

    def choose(self, servers, request):
        if not self.order:
            credit = [0] * len(servers)
            total = sum(server.weight for server in servers)
            for _ in range(100):
                for place, server in enumerate(servers):
                    credit[place] += server.weight
                best = credit.index(max(credit))
                credit[best] -= total
                self.order.append(best)
        self.next += 1
        return self.order[self.next % len(self.order)]


# %% wrong: who-is-away
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)
        self.weights = {}

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] += server.weight
            self.weights[server.index] = server.weight
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] -= sum(self.weights.values())
        return place


# %% wrong: who-is-away (it is chosen)
class Smooth:
    def __init__(self):
        self.credit = {}

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] = self.credit.get(server.index, 0) + server.weight
        best = max(self.credit, key=self.credit.get)
        self.credit[best] -= sum(server.weight for server in servers)
        return [server.index for server in servers].index(best)


# %% wrong: ties
class Smooth:
    def __init__(self):
        self.credit = {}

    def choose(self, servers, request):
        total = 0
        best = None
        for place, server in enumerate(servers):
            self.credit[server.index] = self.credit.get(server.index, 0) + server.weight
            total += server.weight
            if best is None or self.credit[server.index] >= self.credit[servers[best].index]:
                best = place
        self.credit[servers[best].index] -= total
        return best


# %% wrong: ties (in the order of a dict)
class Smooth:
    def __init__(self):
        self.credit = {}

    def choose(self, servers, request):
        places = {server.index: place for place, server in enumerate(servers)}
        for server in servers:
            self.credit[server.index] = self.credit.get(server.index, 0) + server.weight
        here = [index for index in self.credit if index in places]
        best = max(here, key=lambda index: self.credit[index])
        self.credit[best] -= sum(server.weight for server in servers)
        return places[best]


# %% wrong: index-not-place
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] += server.weight
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] -= sum(server.weight for server in servers)
        return servers[place].index


# %% wrong: not-a-place
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] += server.weight
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] -= sum(server.weight for server in servers)
        return servers[place]


# %% wrong: ignores-weights
class Smooth:
    def __init__(self):
        self.last = -1

    def choose(self, servers, request):
        self.last = (self.last + 1) % len(servers)
        return self.last


# %% wrong: writes-on-servers
class Smooth:
    def __init__(self):
        pass

    def choose(self, servers, request):
        for server in servers:
            server.credit = getattr(server, "credit", 0) + server.weight
        place = max(range(len(servers)), key=lambda i: servers[i].credit)
        servers[place].credit -= sum(server.weight for server in servers)
        return place


# %% wrong: one-for-all
class Smooth:
    credit = {}

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] = self.credit.get(server.index, 0) + server.weight
        credits = [self.credit[server.index] for server in servers]
        place = credits.index(max(credits))
        self.credit[servers[place].index] -= sum(server.weight for server in servers)
        return place


# %% wrong: another-order (by chance)
import random


class Smooth:
    def __init__(self):
        self.random = random.Random(1)

    def choose(self, servers, request):
        weights = [server.weight for server in servers]
        return self.random.choices(range(len(servers)), weights)[0]


# %% wrong: whole-weights (in halves)
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] += int(2 * server.weight)
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] -= sum(int(2 * server.weight) for server in servers)
        return place


# %% wrong: no-return
from collections import defaultdict


class Smooth:
    def __init__(self):
        self.credit = defaultdict(float)

    def choose(self, servers, request):
        for server in servers:
            self.credit[server.index] += server.weight
        place = max(range(len(servers)), key=lambda i: self.credit[servers[i].index])
        self.credit[servers[place].index] -= sum(server.weight for server in servers)
