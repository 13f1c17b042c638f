"""A server that keeps the ids on disk, and writes them after the deed: a crash may fall between the two.

Shortest: deed without id, and a crash; it comes back; the client asks again.
"""

from zoo import Expect
from zoo.dedup_in_memory import AtOnce
from zoo.dedup_in_memory import scenario as memory_scenario
from zoo.executes_twice import Reply


class Afterwards(AtOnce):
    def on_message(self, sender, message):
        if message.id not in self.disk["seen"]:
            self.disk["done"] += 1
            self.disk["seen"].add(message.id)
        self.send(sender, Reply(message.id))


def scenario():
    return memory_scenario(Afterwards)


EXPECT = Expect({"crashes": 1}, "exactly", 4)
