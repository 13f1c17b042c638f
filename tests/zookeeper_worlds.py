"""Two worlds in which the same scenario can be played: the model, and a real ZooKeeper behind links that break."""

import itertools
import socket
import struct
import threading
import time
from contextlib import suppress

from course_lib.locks.znodes import ZNodeServer

PATIENCE = 60  # seconds; an end, not a duration
WRITES = (1, 2, 5)  # create, delete and set have these numbers in ZooKeeper's protocol
paths = itertools.count()


class Model:
    """Time is virtual, and all happens at once."""

    def __init__(self):
        self.server, self.path = ZNodeServer(), "/lock"

    def client(self, timeout=30.0):
        return self.server.client(timeout)

    def cut(self, client):
        client.disconnect()

    def mend(self, client):
        client.reconnect()

    def lose(self, client, what):
        getattr(client, f"lose_{what}")()

    def wait(self, holds, client=None):
        """Until `holds()`."""
        end = time.monotonic() + PATIENCE  # of other threads; the clock of the model stands still
        while not holds():
            assert time.monotonic() < end
            threading.Event().wait(0.001)

    def expire(self, client):
        """The session of a client that was cut off ends."""
        self.server.advance(client.timeout / 1e6)

    def close(self):
        pass


class Real(Model):
    """Each client speaks through a link of its own. A session that is to end is given 2 seconds."""

    def __init__(self, zookeeper):
        self.zookeeper, self.path = zookeeper, f"/lock-{next(paths)}"
        self.links, self.clients = {}, []
        self.watcher = zookeeper.client()

    def client(self, timeout=30.0):
        link = Link(self.zookeeper.servers[0].port)
        retry = {"max_tries": -1, "delay": 0.02, "backoff": 1}
        client = self.zookeeper.client(timeout, hosts=f"127.0.0.1:{link.port}", connection_retry=retry)
        self.links[client] = link
        return client

    def cut(self, client):
        self.links[client].cut()
        self.wait(lambda: not client.connected)

    def mend(self, client):
        self.links[client].mend()
        self.wait(lambda: client.connected)

    def lose(self, client, what):
        self.links[client].loses = what

    def expire(self, client):
        """The servers say who is there: when nothing of the session is left, it has ended."""
        session = client._session_id  # kazoo does not tell it while it is not connected

        def gone():
            return not any(stat.ephemeralOwner == session for stat in self.stats())

        self.wait(gone)

    def stats(self):
        children = [f"{self.path}/{name}" for name in self.watcher.get_children(self.path)]
        return [stat for stat in map(self.watcher.exists, children) if stat]

    def close(self):
        for client, link in self.links.items():
            link.mend()
            client.stop()
            client.close()
            link.close()
        self.watcher.stop()
        self.watcher.close()


class Link:
    """A port on loopback that passes everything on to another, until it is cut."""

    def __init__(self, port):
        self.target, self.up, self.loses = port, True, None
        self.pairs, self.lock = [], threading.Lock()
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        with suppress(OSError):  # it was closed
            while True:
                here, _ = self.listener.accept()
                with self.lock:
                    if not self.up:
                        here.close()
                        continue
                    pair = (here, socket.create_connection(("127.0.0.1", self.target)))
                    self.pairs.append(pair)
                for ends in (pair, pair[::-1]):
                    threading.Thread(target=self.carry, args=(*ends, ends is pair), daemon=True).start()

    def carry(self, source, target, outward):
        with suppress(OSError):
            while data := source.recv(65536):
                if outward and self.loses and asks_to_write(data):
                    if self.loses == "request":
                        self.loses = None
                        break
                    self.loses = "this reply"
                elif not outward and self.loses == "this reply":
                    self.loses = None
                    break
                target.sendall(data)
        for end in (source, target):
            shut(end)

    def cut(self):
        with self.lock:
            self.up = False
            for pair in self.pairs:
                for end in pair:
                    shut(end)
            self.pairs.clear()

    def mend(self):
        with self.lock:
            self.up = True

    def close(self):
        self.cut()
        shut(self.listener)
        self.listener.close()


def asks_to_write(data):
    """Length, number and kind come first. One call at a time is under way, so a packet is a request."""
    return len(data) >= 12 and struct.unpack_from(">i", data, 8)[0] in WRITES


def shut(end):
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
