"""A real ZooKeeper: one server, or an ensemble in which a majority must agree on every write."""

import logging
import os
import re
import shutil
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from course_lib.servers.process import Server, free_port, running, wait_until
from course_lib.servers.programs import ServerMissing

if TYPE_CHECKING:
    from kazoo.client import KazooClient

DEBIAN = Path(
    "/usr/share/java"
)  # holds every Java library of the machine; these are the ones that are needed
JARS: tuple[str, ...] = (
    "zookeeper",
    "zookeeper-jute",
    "slf4j-api",
    "slf4j-simple",
    "metrics-core",
    "snappy-java",
)
JARS += ("netty-buffer", "netty-codec", "netty-common", "netty-handler", "netty-resolver", "netty-transport")
MAIN = "org.apache.zookeeper.server.quorum.QuorumPeerMain"
# A small Java that starts soon, and leaves no file of its own behind.
JAVA_OPTIONS = ("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData")
# kazoo warns of every lost connection, which is what these servers are here for. Who wants to read it sets up logging.
logging.getLogger("kazoo").addHandler(logging.NullHandler())
# The shortest session is two ticks, 0.2 s. A leader that is silent for `syncLimit` ticks, 3 s, is left.
CONFIGURATION: dict[str, object] = {
    "tickTime": 100,
    "initLimit": 200,
    "syncLimit": 30,
    "maxSessionTimeout": 60_000,
    "clientPortAddress": "127.0.0.1",
    "admin.enableServer": "false",
    "4lw.commands.whitelist": "*",
    "preAllocSize": 1024,  # kB of log made in advance; 64 MB are too many for a server that lives for seconds
}


@dataclass(frozen=True)
class Installation:
    """What runs a ZooKeeper: a Java, and the jars as its class path."""

    java: Path
    jars: tuple[Path, ...]

    @property
    def version(self) -> str:
        """Such as "3.8.0"; empty where no jar's name tells it."""
        folder = next(jar.parent for jar in self.jars if jar.name.startswith("zookeeper"))
        names = sorted(jar.name for jar in folder.glob("zookeeper-[0-9]*.jar"))
        return names[0].removeprefix("zookeeper-").removesuffix(".jar") if names else ""


def find_java() -> Path | None:
    """The java of JAVA_HOME or on PATH."""
    home = os.environ.get("JAVA_HOME")
    found = (home and shutil.which("java", path=str(Path(home) / "bin"))) or shutil.which("java")
    return Path(found) if found else None


def find_jars() -> tuple[Path, ...]:
    """The jars of a distribution whose zkServer.sh is on PATH, or of Debian's package; empty if neither is there."""
    script = shutil.which("zkServer.sh") or shutil.which("zkServer")
    if script:
        home = Path(script).resolve().parent.parent
        for folder in (home / "lib", home / "libexec" / "lib"):
            if jars := tuple(sorted(folder.glob("*.jar"))):
                return (*jars, folder.parent / "conf")  # what to log, and how
    found = tuple(jar for name in JARS if (jar := DEBIAN / f"{name}.jar").exists())
    return found if DEBIAN / "zookeeper.jar" in found else ()


def find_zookeeper() -> Installation | None:
    """The ZooKeeper to use; None if its jars or Java are missing."""
    java, jars = find_java(), find_jars()
    return Installation(java, jars) if java and jars else None


def require_zookeeper() -> Installation:
    """The ZooKeeper to use.

    Raises:
        ServerMissing: no Java, or no ZooKeeper.
    """
    found = find_zookeeper()
    if found is None:
        what = "ZooKeeper is" if find_java() else "Java, in which ZooKeeper runs, is"
        raise ServerMissing(
            f"{what} not on this machine. Get it with `sudo apt install libzookeeper-java default-jre-headless` "
            "(Debian, Ubuntu) or `brew install zookeeper` (macOS); elsewhere unpack a ZooKeeper release and put its "
            "bin folder, and a Java, on PATH."
        )
    return found


class ZooKeeperServer(Server):
    """One ZooKeeper server."""

    program = "zookeeper"
    noise = r"\s+at |\s+\.\.\. |.* INFO |.*Exiting JVM"  # where in the program it was

    def __init__(
        self, installation: Installation, folder: Path, patience: float, lines: Mapping[str, object]
    ):
        super().__init__(installation.java, folder, free_port(), patience)
        self.installation = installation
        self.quorum_port, self.election_port = free_port(), free_port()
        self.configuration = {
            **CONFIGURATION, "clientPort": self.port, "dataDir": (folder / "data").as_posix(), **lines
        }  # fmt: skip

    @property
    def version(self) -> str:
        return self.installation.version

    def join(self, number: int, ensemble: "list[ZooKeeperServer]") -> None:
        """Tells the server who it is and who the others are."""
        (self.folder / "data").mkdir(parents=True)
        (self.folder / "data" / "myid").write_text(f"{number}\n")
        for other, peer in enumerate(ensemble, 1):
            self.configuration[f"server.{other}"] = f"127.0.0.1:{peer.quorum_port}:{peer.election_port}"

    def command(self) -> list[str]:
        path = self.folder / "zoo.cfg"
        path.write_text("".join(f"{name}={value}\n" for name, value in self.configuration.items()))
        jars = os.pathsep.join(map(str, self.installation.jars))
        return [str(self.binary), *JAVA_OPTIONS, "-cp", jars, MAIN, str(path)]

    def say(self, word: str) -> str:
        """The answer to one of ZooKeeper's four-letter words, such as "mntr"; empty if there is none."""
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
            link.sendall(word.encode())
            return b"".join(iter(lambda: link.recv(65536), b"")).decode()
        return ""

    @property
    def mode(self) -> str:
        """ "standalone", "leader" or "follower"; empty while it serves nobody."""
        found = re.search(r"^Mode: (\w+)", self.say("srvr"), re.MULTILINE)
        return found[1] if found else ""

    def answers(self) -> bool:
        # Whoever took the port before us would answer as well, but with another folder.
        return self.mode != "" and self.folder.as_posix() in self.say("conf")


class ZooKeeper:
    """A ZooKeeper of one server, or an ensemble of several."""

    def __init__(self, servers: list[ZooKeeperServer], patience: float) -> None:
        self.servers, self.patience = tuple(servers), patience
        self._clients: list[KazooClient] = []

    @property
    def hosts(self) -> str:
        """Where the servers listen, as kazoo wants it: "127.0.0.1:12345,127.0.0.1:12346"."""
        return ",".join(f"127.0.0.1:{server.port}" for server in self.servers)

    def client(self, timeout: float = 10.0, **options: Any) -> "KazooClient":
        """A connected kazoo client with a session of its own; it is stopped with the block at the latest.

        Args:
            timeout: seconds without a sign of life after which the servers end the session, at least 0.2.
            options: kazoo's own.
        """
        from kazoo.client import KazooClient

        client = KazooClient(**{"hosts": self.hosts, "timeout": timeout, **options})
        self._clients.append(client)
        client.start(timeout=self.patience)
        return client

    def leader(self) -> ZooKeeperServer:
        """The server that orders the writes; waits for the election to end.

        Raises:
            ServerFailed: none was elected in time; without a majority none can be.
        """
        return wait_until(self._leader, "no leader was elected", self.patience)  # type: ignore[return-value]

    def _leader(self) -> ZooKeeperServer | None:
        alive = (server for server in self.servers if server.running)
        return next((server for server in alive if server.mode in ("leader", "standalone")), None)

    def _stop_clients(self) -> None:
        for server in self.servers:
            server.resume()  # a paused one would let its clients wait for their farewell
        for client in self._clients:
            with suppress(Exception):  # one whose server is gone may say so
                client.stop()
                client.close()


@contextmanager
def zookeeper(
    servers: int = 1, *, options: Mapping[str, object] | None = None, patience: float = 30.0
) -> Iterator[ZooKeeper]:
    """Runs a real ZooKeeper on loopback while the block lasts: one server, or an ensemble.

    `options` are lines of zoo.cfg, such as `{"tickTime": 500}` (milliseconds).

    Raises:
        ValueError: fewer than one server.
        ServerMissing: no Java, or no ZooKeeper, on this machine.
        ServerFailed: a server ended, or gave no answer within `patience` seconds.
    """
    if servers < 1:
        raise ValueError(f"servers={servers}: a ZooKeeper has at least 1; 3 survive the loss of one")
    installation = require_zookeeper()

    def make(folder: Path) -> list[ZooKeeperServer]:
        numbers = range(1, servers + 1)
        made = [ZooKeeperServer(installation, folder / str(n), patience, options or {}) for n in numbers]
        if servers > 1:
            for number, server in enumerate(made, 1):
                server.join(number, made)
        return made

    with running("zookeeper", make) as started:
        group = ZooKeeper(list(started), patience)
        try:
            yield group
        finally:
            group._stop_clients()
