"""Networks that are dead in three ways, each in a namespace of its own.

They need root, or a kernel that lets users make namespaces (``unshare -rn``).
"""

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

import msgspec

from tests.speech_faults.announcements import Fault

HOLE: Final = """
ip link set lo up
ip link add hole type veth peer name deep
ip addr add 10.9.9.1/24 dev hole
ip link set deep up
ip link set hole up
ip neigh add 10.9.9.9 lladdr 02:00:00:00:00:09 dev hole nud permanent
ip route add default via 10.9.9.9
"""
"""Everything that is sent disappears."""
NETWORKS: Final[Mapping[str, str]] = {
    "cable out": "ip link set lo up",
    "names lost": HOLE + "mount --bind $FOLDER/resolv.conf /etc/resolv.conf",
    "connections lost": HOLE + "mount --bind $FOLDER/hosts /etc/hosts",
}
INSIDE: Final = "--inside"


def is_possible() -> bool:
    """Whether this user may make network namespaces here."""
    if shutil.which("unshare") is None or shutil.which("ip") is None:
        return False
    tried = subprocess.run(  # noqa: S603 (own arguments)
        ["unshare", "-rnm", "sh", "-ec", HOLE],  # noqa: S607
        capture_output=True,
        check=False,
    )
    return tried.returncode == 0


def suffer_inside(name: str, folder: Path) -> Fault:
    """Let the fault last in a process that sees no other network."""
    (folder / "resolv.conf").write_text("nameserver 10.9.9.9\n")
    (folder / "hosts").write_text("127.0.0.1 localhost\n10.9.9.9 translate.google.com\n")
    inside = f'{NETWORKS[name]}\nexec "$0" -m tests.speech_faults {INSIDE} "{name}"'
    done = subprocess.run(  # noqa: S603 (own arguments)
        ["unshare", "-rnm", "sh", "-ec", inside, sys.executable],  # noqa: S607
        env={"FOLDER": str(folder), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        message = done.stderr.decode(errors="replace")[-600:]
        raise RuntimeError(message)
    return msgspec.json.decode(done.stdout.splitlines()[-1], type=Fault)
