# %% right: shuffled, the first two, and min
import random


class TwoChoices:
    def __init__(self, seed):
        self.chance = random.Random(seed)

    def choose(self, servers, request):
        places = list(range(len(servers)))
        self.chance.shuffle(places)
        return min(places[:2], key=lambda place: servers[place].outstanding)


# %% right: a second one by its distance from the first
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.draw = Random(seed).random

    def choose(self, servers, request):
        n = len(servers)
        one = int(self.draw() * n)
        if n == 1:
            return one
        other = (one + 1 + int(self.draw() * (n - 1))) % n
        if servers[other].outstanding < servers[one].outstanding:
            return other
        return one


# %% right: it counts what is in flight itself
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)
        self.here = {}

    def choose(self, servers, request):
        places = self.random.sample(range(len(servers)), min(2, len(servers)))
        place = min(places, key=lambda place: self.here.get(servers[place].index, 0))
        index = servers[place].index
        self.here[index] = self.here.get(index, 0) + 1
        return place

    def finished(self, server, took, ok, now):
        self.here[server.index] -= 1


# %% wrong: leaks
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)
        self.here = {}

    def choose(self, servers, request):
        places = self.random.sample(range(len(servers)), min(2, len(servers)))
        place = min(places, key=lambda place: self.here.get(servers[place].index, 0))
        index = servers[place].index
        self.here[index] = self.here.get(index, 0) + 1
        return place

    def finished(self, server, took, ok, now):
        if ok:
            self.here[server.index] -= 1


# %% wrong: counts-served
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)
        self.here = {}

    def choose(self, servers, request):
        places = self.random.sample(range(len(servers)), min(2, len(servers)))
        place = min(places, key=lambda place: self.here.get(servers[place].index, 0))
        index = servers[place].index
        self.here[index] = self.here.get(index, 0) + 1
        return place


# %% wrong: counts-served (nothing is taken off)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)
        self.here = {}

    def choose(self, servers, request):
        places = self.random.sample(range(len(servers)), min(2, len(servers)))
        place = min(places, key=lambda place: self.here.get(servers[place].index, 0))
        index = servers[place].index
        self.here[index] = self.here.get(index, 0) + 1
        return place

    def finished(self, server, took, ok, now):
        pass


# %% wrong: with-replacement
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.random.choices(range(len(servers)), k=2)
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: with-replacement (randrange twice)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one = self.random.randrange(len(servers))
        other = self.random.randrange(len(servers))
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: one-server
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        one, other = self.random.sample(range(len(servers)), 2)
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: one-server (a list of one has no second)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        places = list(range(len(servers)))
        self.random.shuffle(places)
        one, other = places[0], places[1]
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: the-worse-of-two
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.random.sample(range(len(servers)), 2)
        return one if servers[one].outstanding >= servers[other].outstanding else other


# %% wrong: one-choice
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.random.sample(range(len(servers)), 2)
        return one


# %% wrong: three-choices
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        places = self.random.sample(range(len(servers)), min(3, len(servers)))
        return min(places, key=lambda place: servers[place].outstanding)


# %% wrong: looks-at-all
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        return min(range(len(servers)), key=lambda place: servers[place].outstanding)


# %% wrong: looks-at-all (and draws among equals)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        least = min(server.outstanding for server in servers)
        return self.random.choice([i for i in range(len(servers)) if servers[i].outstanding == least])


# %% wrong: always-the-same-two
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)
        self.pair = None

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        if self.pair is None:
            self.pair = self.random.sample(range(len(servers)), 2)
        one, other = self.pair
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: always-the-same-two (a generator at each call)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.seed = seed

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = Random(self.seed).sample(range(len(servers)), 2)
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: favours-the-first
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = sorted(self.random.sample(range(len(servers)), 2))
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: favours-the-first (of idle ones)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.random.sample(range(len(servers)), 2)
        if servers[one].outstanding == servers[other].outstanding == 0:
            return min(one, other)
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: not-all-pairs
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one = self.random.randrange(len(servers))
        other = (one + 1) % len(servers)
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: not-repeatable (the generator that all share)
import random


class TwoChoices:
    def __init__(self, seed=0):
        random.seed(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = random.sample(range(len(servers)), 2)
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: not-repeatable (no seed at all)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random()

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.random.sample(range(len(servers)), 2)
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: ignores-the-seed
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(0)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.random.sample(range(len(servers)), 2)
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: not-a-place
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.random.sample(range(len(servers)), 2)
        return min(servers[one], servers[other], key=lambda server: server.outstanding)


# %% wrong: another-share (the better of two, or now and then the worse)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.random.sample(range(len(servers)), 2)
        if self.random.random() < 0.2:
            return one
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% wrong: another-share (five requests are as many as it counts)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.random.sample(range(len(servers)), 2)
        return one if min(servers[one].outstanding, 5) <= min(servers[other].outstanding, 5) else other


# %% wrong: another-share (two of the first five)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.random.sample(range(min(5, len(servers))), 2)
        return one if servers[one].outstanding <= servers[other].outstanding else other


# %% error: raised (a slip of the pen)
from random import Random


class TwoChoices:
    def __init__(self, seed=0):
        self.random = Random(seed)

    def choose(self, servers, request):
        if len(servers) == 1:
            return 0
        one, other = self.rnadom.sample(range(len(servers)), 2)
        return one if servers[one].outstanding <= servers[other].outstanding else other
