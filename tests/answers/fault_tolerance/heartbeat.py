# %% right: a deadline
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.deadline = timeout
        self.highest = float("-inf")

    def heartbeat(self, now, number, sent):
        if number > self.highest:
            self.highest = number
            self.deadline = now + self.timeout
        return self.deadline

    def suspects(self, now):
        return now >= self.deadline


# %% right: all heartbeats kept
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.heard = [(0, 0)]

    def heartbeat(self, now, number, sent):
        self.heard.append((number, now))

    def suspects(self, now):
        newest = max(number for number, _ in self.heard)
        arrived = min(at for number, at in self.heard if number == newest)
        return not now < arrived + self.timeout


# %% right: a function that makes one
from types import SimpleNamespace


def Detector(timeout):
    newest = [0, 0]

    def heartbeat(now, number, sent):
        if number > newest[0]:
            newest[:] = number, now

    return SimpleNamespace(heartbeat=heartbeat, suspects=lambda now: now >= newest[1] + timeout)


# %% wrong: timer-from-send
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = sent

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: timer-from-send (too long on its way)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number or now - sent > self.timeout:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: orders-by-clock
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.sent = None

    def heartbeat(self, now, number, sent):
        if self.sent is not None and sent <= self.sent:
            return
        self.sent = sent
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: orders-by-clock (or by the number)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0
        self.sent = 0

    def heartbeat(self, now, number, sent):
        if number > self.number or sent > self.sent:
            self.number, self.sent = number, sent
            self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: clock-was-set (by more than an hour)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0
        self.sent = None

    def heartbeat(self, now, number, sent):
        if self.sent is not None and abs(sent - self.sent) > 3600:
            return
        self.sent = sent
        if number > self.number:
            self.number = number
            self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: clock-was-set (forward)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0
        self.sent = None

    def heartbeat(self, now, number, sent):
        before, self.sent = self.sent, sent
        if before is not None and sent > before + 3600:
            return
        if number > self.number:
            self.number = number
            self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: clock-was-set (back, and it is told by the two clocks)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0
        self.apart = None

    def heartbeat(self, now, number, sent):
        if self.apart is None:
            self.apart = sent - now
        if number > self.number and sent - now > self.apart - 86400:
            self.number = number
            self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: one-miss
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0
        self.missed = False

    def heartbeat(self, now, number, sent):
        if number > self.number:
            self.missed = number != self.number + 1
            self.number = number
            self.last = now

    def suspects(self, now):
        return self.missed or now - self.last >= self.timeout


# %% wrong: one-miss (expects each)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number != self.number + 1:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: never-unsuspects
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0
        self.dead = False

    def heartbeat(self, now, number, sent):
        if number > self.number:
            self.number = number
            self.last = now

    def suspects(self, now):
        if now - self.last >= self.timeout:
            self.dead = True
        return self.dead


# %% wrong: never-unsuspects (a heartbeat after the deadline)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number or self.suspects(now):
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: never-unsuspects (after ten timeouts)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number or now - self.last >= 10 * self.timeout:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: never-unsuspects (after 200 s)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number or now - self.last > 200:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: never-unsuspects (after 200 s, if asked)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0
        self.dead = False

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        if now - self.last > 200:
            self.dead = True
        return self.dead or now - self.last >= self.timeout


# %% wrong: late-revives
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: late-revives (only copies of the last)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number == self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: late-revives (copies only)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.numbers = set()

    def heartbeat(self, now, number, sent):
        if number in self.numbers:
            return
        self.numbers.add(number)
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: late-revives (a number far below is a restart)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.newest = 0

    def heartbeat(self, now, number, sent):
        if number > self.newest or number < self.newest - 20:
            self.last = now
            self.newest = number

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: late-revives (after ten timeouts it is a restart)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.newest = 0

    def heartbeat(self, now, number, sent):
        if number > self.newest or now - self.last >= 10 * self.timeout:
            self.last = now
            self.newest = number

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: late-revives (above the last three)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.newest = 0
        self.came = [0]

    def heartbeat(self, now, number, sent):
        if number > max(self.came[-3:]):
            self.last = now
            self.newest = number
        self.came.append(number)

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: late-revives (the first after ten timeouts is a restart)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number > self.number or (number == 1 and now - self.last >= 10 * self.timeout):
            self.number = number
            self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: copy-revives
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number < self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: at-the-limit
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last > self.timeout


# %% wrong: never-heard
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = None
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return self.last is not None and now - self.last >= self.timeout


# %% wrong: suspected-at-first
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = None
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        if self.last is None:
            return True
        return now - self.last >= self.timeout


# %% wrong: turned-round
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last < self.timeout


# %% wrong: own-clock
import time


class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = time.time()
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = time.time()

    def suspects(self, now):
        return time.time() - self.last >= self.timeout


# %% wrong: own-clock (only for the arrival)
import time


class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = time.monotonic()

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: own-clock (only when asked)
import time


class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return time.time() - self.last >= self.timeout


# %% wrong: asking-counts
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        late = now - self.last >= self.timeout
        self.last = now
        return late


# %% wrong: not-its-own (in the class)
class Detector:
    def __init__(self, timeout):
        Detector.timeout = timeout
        Detector.last = 0
        Detector.newest = 0

    def heartbeat(self, now, number, sent):
        if number > Detector.newest:
            Detector.last, Detector.newest = now, number

    def suspects(self, now):
        return now - Detector.last >= Detector.timeout


# %% wrong: not-its-own (in a global, which is never emptied)
newest = {"number": 0, "at": 0}


class Detector:
    def __init__(self, timeout):
        self.timeout = timeout

    def heartbeat(self, now, number, sent):
        if number > newest["number"]:
            newest["number"], newest["at"] = number, now

    def suspects(self, now):
        return now - newest["at"] >= self.timeout


# %% wrong: another-timeout (half of it)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout / 2


# %% wrong: another-timeout (a little less)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= 0.99 * self.timeout


# %% wrong: another-timeout (with a margin)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now > self.last + self.timeout + 0.01


# %% wrong: rounded (whole seconds)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return int(now) - int(self.last) >= self.timeout


# %% wrong: rounded (the wait, to a tenth of a second)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return round(now - self.last, 1) >= self.timeout


# %% wrong: rounded (milliseconds)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return round((now - self.last) * 1000) >= round(self.timeout * 1000)


# %% wrong: rounded (the timeout)
class Detector:
    def __init__(self, timeout):
        self.timeout = int(timeout)
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: another-answer (a longer timeout for who has been suspected)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        if self.suspects(now):
            self.timeout = 2 * self.timeout
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout


# %% wrong: no-return
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0
        self.number = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        print(now - self.last >= self.timeout)


# %% error: raised (no attribute)
class Detector:
    def __init__(self, timeout):
        self.timeout = timeout
        self.last = 0

    def heartbeat(self, now, number, sent):
        if number <= self.number:
            return
        self.number = number
        self.last = now

    def suspects(self, now):
        return now - self.last >= self.timeout
