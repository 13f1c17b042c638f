"""A real nginx as a load balancer: one process, the servers behind it by port and weight."""

import http.client
import re
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from course_lib.servers.process import Server, free_port, running
from course_lib.servers.programs import ServerMissing, find

OFF_PATH = "/usr/sbin/nginx"  # where Debian has it, which is on the PATH of root alone
NAME = "/whose-nginx-is-this"  # answered by nginx itself: a request that it passes on would count
# With a master process, a killed one would leave its worker behind. And one worker has one sequence: several that share
# no memory have one each (upstream's `zone`).
CONFIGURATION = """\
daemon off;
master_process off;
pid nginx.pid;
error_log stderr;
events {{ worker_connections 1024; }}
http {{
  access_log off;
  client_body_temp_path body;
  {temporary}
  upstream servers {{
    {method}
    {servers}
    keepalive 64;
  }}
  server {{
    listen 127.0.0.1:{port};
    keepalive_requests 1000000;
    location = {whose} {{ return 200 "{name}"; }}
    location / {{
      proxy_pass http://servers;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
    }}
  }}
}}
"""


class NginxServer(Server):
    """One nginx, in front of servers on loopback."""

    program = "nginx"

    def __init__(
        self, binary: Path, folder: Path, patience: float, weights: Mapping[int, float], method: str
    ) -> None:
        super().__init__(binary, folder, free_port(), patience)
        self.weights, self.method = weights, method

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def name(self) -> str:
        """What this one answers at NAME; unlike any other's."""
        return self.folder.parent.name

    @property
    def version(self) -> str:
        return _built(self.binary)[0]

    def configuration(self) -> str:
        """The file that it reads, and no other."""
        proxied = ["proxy", *_built(self.binary)[1]]
        return CONFIGURATION.format(
            temporary=" ".join(f"{kind}_temp_path {kind};" for kind in proxied),
            method=f"{self.method};" if self.method else "",
            servers="\n    ".join(
                f"server 127.0.0.1:{port} weight={weight:g};" for port, weight in self.weights.items()
            ),
            port=self.port,
            whose=NAME,
            name=self.name,
        )

    def launch(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "nginx.conf").write_text(self.configuration())
        super().launch()

    def command(self) -> list[str]:
        # Without -e it would first write to the machine's own log.
        return [str(self.binary), "-e", "stderr", "-p", f"{self.folder}/", "-c", "nginx.conf"]

    def answers(self) -> bool:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1)
        try:
            link.request("GET", NAME)
            return link.getresponse().read() == self.name.encode()
        except (OSError, http.client.HTTPException):
            return False
        finally:
            link.close()


def find_nginx() -> Path | None:
    """The nginx to use: on PATH, or where Debian has it."""
    return find("nginx") or find(OFF_PATH)


@contextmanager
def nginx(weights: Mapping[int, float], *, method: str = "", patience: float = 10.0) -> Iterator[NginxServer]:
    """Runs a real nginx on loopback while the block lasts, in front of servers that listen there.

    Args:
        weights: of each server's port, whole numbers, such as {8001: 5, 8002: 1}.
        method: nginx's own line for how to choose, such as "least_conn" or "random two least_conn"; "": smooth weighted
            round robin.
        patience: seconds that it has to come up.

    Raises:
        ServerMissing: no nginx on this machine.
        ServerFailed: it ended at once, or gave no answer in time. Its message has nginx's words.
        ValueError: weights has no server, or a weight that nginx does not take.
    """
    binary = find_nginx()
    if binary is None:
        raise ServerMissing(
            "nginx is not on this machine. Get it with `sudo apt install nginx` (Debian, Ubuntu) or "
            "`brew install nginx` (macOS). Debian starts one on port 80, too, which "
            "`sudo systemctl disable --now nginx` ends."
        )
    if not weights:
        raise ValueError(
            "weights has the port and the weight of each server, such as {8001: 5}; there is none"
        )
    for port, weight in weights.items():
        if weight < 1 or weight != int(weight):
            raise ValueError(f"nginx takes whole weights, 1 or more, not {weight!r}, that of port {port}")

    def make(folder: Path) -> list[NginxServer]:
        return [NginxServer(binary, folder / "nginx", patience, weights, method)]

    with running("nginx", make) as [server]:
        yield server


def _built(binary: Path) -> tuple[str, list[str]]:
    """Its version, and of those modules that want a folder of their own, the ones that were built in."""
    told = subprocess.run([binary, "-V"], capture_output=True, text=True, timeout=10, check=True).stderr
    found = re.search(r"nginx/(\S+)", told)
    kinds = [kind for kind in ("fastcgi", "uwsgi", "scgi") if f"--without-http_{kind}_module" not in told]
    return found[1] if found else told.strip(), kinds
