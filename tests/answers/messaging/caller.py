# %% right: a list of what is left
from course_lib.checks.messaging.calls import Answer, Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server = server
        self.open = [Ask(i, text) for i, text in enumerate(texts, 1)]

    def on_start(self):
        if self.open:
            self.send(self.server, self.open[0])
            self.set_timer("wait", 1.0)

    def on_timer(self, name):
        self.on_start()

    def on_message(self, sender, message):
        match message:
            case Answer(id, text) if self.open and self.open[0].id == id:
                self.report(text)
                self.open.pop(0)
                self.cancel_timer("wait")
                self.on_start()
            case Answer():
                pass
            case _:
                self.unexpected(sender, message)


# %% right: a timer for each text, and a set of those that are done
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.done = server, tuple(texts), set()

    def try_next(self):
        id = len(self.done) + 1
        if id <= len(self.texts):
            self.send(self.server, Ask(id, self.texts[id - 1]))
            self.set_timer(str(id), 1)

    def on_start(self):
        self.try_next()

    def on_timer(self, name):
        if int(name) not in self.done:
            self.try_next()

    def on_message(self, sender, answer):
        if answer.id in self.done:
            return
        self.done.add(answer.id)
        self.cancel_timer(str(answer.id))
        self.report(answer.text)
        self.try_next()


# %% right: it keeps the time of its last try
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0
        self.asked_at = None

    def ask(self):
        if self.n < len(self.texts):
            self.asked_at = self.now
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.report(message.text)
            self.n += 1
            self.cancel_timer("t")
            self.ask()


# %% right: it measures how long each answer took
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0
        self.waits = ()

    def ask(self):
        if self.n < len(self.texts):
            self.asked_at = self.now
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.report(message.text)
            self.n += 1
            self.waits += (self.now - self.asked_at,)
            self.cancel_timer("t")
            self.ask()


# %% wrong: never-retries
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.i = server, texts, 0

    def on_start(self):
        if self.i < len(self.texts):
            self.send(self.server, Ask(self.i + 1, self.texts[self.i]))

    def on_message(self, sender, message):
        if message.id == self.i + 1:
            self.report(message.text)
            self.i += 1
            self.on_start()


# %% wrong: retries-once (the timer is not set again)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.i = server, texts, 0

    def on_start(self):
        if self.i < len(self.texts):
            self.send(self.server, Ask(self.i + 1, self.texts[self.i]))
            self.set_timer("retry", 1)

    def on_timer(self, name):
        self.send(self.server, Ask(self.i + 1, self.texts[self.i]))

    def on_message(self, sender, message):
        if message.id == self.i + 1:
            self.cancel_timer("retry")
            self.report(message.text)
            self.i += 1
            self.on_start()


# %% wrong: gives-up (after three tries)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.i, self.tries = server, texts, 0, 0

    def on_start(self):
        self.tries += 1
        if self.i < len(self.texts) and self.tries <= 3:
            self.send(self.server, Ask(self.i + 1, self.texts[self.i]))
            self.set_timer("retry", 1)

    def on_timer(self, name):
        self.on_start()

    def on_message(self, sender, message):
        if message.id == self.i + 1:
            self.cancel_timer("retry")
            self.report(message.text)
            self.i, self.tries = self.i + 1, 0
            self.on_start()


# %% wrong: gives-up (after five)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    MAX = 5

    def __init__(self, server, texts):
        self.server, self.texts, self.i, self.left = server, texts, 0, self.MAX

    def on_start(self):
        if self.i < len(self.texts):
            self.send(self.server, Ask(self.i + 1, self.texts[self.i]))
            self.set_timer("retry", 1)

    def on_timer(self, name):
        self.left -= 1
        if self.left > 0:
            self.on_start()

    def on_message(self, sender, message):
        if message.id == self.i + 1:
            self.cancel_timer("retry")
            self.report(message.text)
            self.i, self.left = self.i + 1, self.MAX
            self.on_start()


# %% wrong: gives-up (after ten)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0
        self.tries = 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.tries += 1
        if self.tries < 10:
            self.ask()

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.report(message.text)
            self.n += 1
            self.tries = 0
            self.cancel_timer("t")
            self.ask()


# %% wrong: gives-up (after twelve)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0
        self.tries = 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.tries += 1
        if self.tries < 12:
            self.ask()

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.report(message.text)
            self.n += 1
            self.tries = 0
            self.cancel_timer("t")
            self.ask()


# %% wrong: gives-up (after twenty)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0
        self.tries = 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.tries += 1
        if self.tries < 20:
            self.ask()

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.report(message.text)
            self.n += 1
            self.tries = 0
            self.cancel_timer("t")
            self.ask()


# %% wrong: fresh-id
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.id = server, texts, 0

    def ask(self):
        self.id += 1
        self.send(self.server, Ask(self.id, self.texts[0]))
        self.set_timer("retry", 1)

    def on_start(self):
        if self.texts:
            self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if self.texts and message.id == self.id:
            self.report(message.text)
            self.texts = self.texts[1:]
            self.cancel_timer("retry")
            if self.texts:
                self.ask()


# %% wrong: answer-not-matched
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if self.n < len(self.texts):
            self.report(message.text)
            self.n += 1
            self.cancel_timer("t")
            self.ask()


# %% wrong: answer-not-matched (not even at the end)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        self.cancel_timer("t")
        self.report(message.text)
        self.n += 1
        self.ask()


# %% wrong: answer-not-matched (by its text)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if self.n < len(self.texts) and message.text == self.texts[self.n].upper():
            self.report(message.text)
            self.n += 1
            self.cancel_timer("t")
            self.ask()


# %% wrong: reports-twice (the last answer, when it comes again)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.current = server, texts, 1

    def on_start(self):
        if self.texts:
            self.ask()

    def ask(self):
        self.send(self.server, Ask(self.current, self.texts[self.current - 1]))
        self.set_timer("t", 1)

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if message.id != self.current:
            return
        self.cancel_timer("t")
        self.report(message.text)
        if self.current < len(self.texts):
            self.current += 1
            self.ask()


# %% wrong: timer-not-cancelled (it asks on for ever)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.waiting_for, self.last = server, texts, 1, None

    def next(self):
        if self.waiting_for <= len(self.texts):
            self.last = Ask(self.waiting_for, self.texts[self.waiting_for - 1])
            self.send(self.server, self.last)
            self.set_timer("t", 1)

    def on_start(self):
        self.next()

    def on_timer(self, name):
        self.send(self.server, self.last)
        self.set_timer("t", 1)

    def on_message(self, sender, message):
        if message.id == self.waiting_for:
            self.report(message.text)
            self.waiting_for += 1
            self.next()


# %% wrong: timer-not-cancelled (it fires once more, and nothing happens)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.report(message.text)
            self.n += 1
            self.ask()


# %% wrong: timer-not-cancelled (one for each text, all still running)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer(f"retry {self.n}", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.report(message.text)
            self.n += 1
            self.ask()


# %% wrong: timer-not-cancelled (each text is asked again for ever)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer(str(self.n + 1), 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.send(self.server, Ask(int(name), self.texts[int(name) - 1]))
        self.set_timer(name, 1)

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.report(message.text)
            self.n += 1
            self.ask()


# %% wrong: all-at-once
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.answers, self.reported = server, texts, {}, 0

    def on_start(self):
        for i in range(len(self.texts)):
            self.on_timer(str(i + 1))

    def on_timer(self, name):
        self.send(self.server, Ask(int(name), self.texts[int(name) - 1]))
        self.set_timer(name, 1)

    def on_message(self, sender, message):
        self.cancel_timer(str(message.id))
        self.answers[message.id] = message.text
        while self.reported + 1 in self.answers:
            self.reported += 1
            self.report(self.answers[self.reported])


# %% wrong: another-pace
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", 0.1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.report(message.text)
            self.n += 1
            self.cancel_timer("t")
            self.ask()


# %% wrong: another-pace (each pause is twice as long as the last)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0
        self.pause = 1

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
            self.set_timer("t", self.pause)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.pause *= 2
        self.ask()

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.report(message.text)
            self.n += 1
            self.pause = 1
            self.cancel_timer("t")
            self.ask()


# %% wrong: asks-something-else (ids from 0)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n, self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if message.id == self.n:
            self.report(message.text)
            self.n += 1
            self.cancel_timer("t")
            self.ask()


# %% wrong: asks-something-else (equal texts have one id)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0

    def ask(self):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.id(), self.texts[self.n]))
            self.set_timer("t", 1)

    def on_start(self):
        self.ask()

    def on_timer(self, name):
        self.ask()

    def on_message(self, sender, message):
        if self.n < len(self.texts) and message.id == self.id():
            self.report(message.text)
            self.n += 1
            self.cancel_timer("t")
            self.ask()

    def id(self):
        return self.texts.index(self.texts[self.n]) + 1


# %% wrong: another-failure (the first text only)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.waiting = server, texts, True

    def on_start(self):
        if self.texts:
            self.send(self.server, Ask(1, self.texts[0]))
            self.set_timer("t", 1)

    def on_timer(self, name):
        self.on_start()

    def on_message(self, sender, message):
        if self.waiting:
            self.waiting = False
            self.cancel_timer("t")
            self.report(message.text)


# %% wrong: node-error (an answer is sent, where a question is due)
from course_lib.checks.messaging.calls import Answer
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts = server, texts

    def on_start(self):
        for id, text in enumerate(self.texts, 1):
            self.send(self.server, Answer(id, text))

    def on_message(self, sender, message):
        self.report(message.text)


# %% wrong: node-error (a timer, and nothing that handles it)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts = server, texts

    def on_start(self):
        if self.texts:
            self.send(self.server, Ask(1, self.texts.pop(0)))
            self.set_timer("t", 1)

    def on_message(self, sender, message):
        self.report(message.text)
        self.on_start()


# %% wrong: node-error (waits, which a handler must not)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts = server, texts

    async def on_start(self):
        for id, text in enumerate(self.texts, 1):
            self.send(self.server, Ask(id, text))

    def on_message(self, sender, message):
        self.report(message.text)


# %% wrong: not-plain (a dict as a message)
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts = server, texts

    def on_start(self):
        for id, text in enumerate(self.texts, 1):
            self.send(self.server, {"id": id, "text": text})

    def on_message(self, sender, message):
        self.report(message.text)


# %% wrong: runs-away (a timer without a delay)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.n = server, texts, 0

    def on_start(self):
        self.set_timer("t", 0)

    def on_timer(self, name):
        if self.n < len(self.texts):
            self.send(self.server, Ask(self.n + 1, self.texts[self.n]))
        self.set_timer("t", 0)

    def on_message(self, sender, message):
        if message.id == self.n + 1:
            self.n += 1
            self.report(message.text)


# %% wrong: never-ends
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts, self.answer = server, texts, None

    def on_start(self):
        for id, text in enumerate(self.texts, 1):
            self.send(self.server, Ask(id, text))
            while self.answer is None:
                pass

    def on_message(self, sender, message):
        self.answer = message.text


# %% error: raised (a name that is not there)
from course_lib.checks.messaging.calls import Ask
from course_lib.sim import Node


class Caller(Node):
    def __init__(self, server, texts):
        self.server, self.texts = server, texts

    def on_start(self):
        self.send(self.server, Ask(1, self.text[0]))


# %% error: raised (no Node at all)
class Caller:
    def __init__(self, server, texts):
        self.server, self.texts = server, texts

    def on_start(self):
        self.send(self.server, self.texts[0])
