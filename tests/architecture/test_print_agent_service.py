"""The print agent's unit, the script that installs it and the guide agree, and the script works."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from queue_server.__main__ import parser
from tests.support.source_tree import ROOT

UNIT: Final = ROOT / "deploy" / "queue-print-agent.service"
GUIDE: Final = ROOT / "docs" / "guides" / "connect-a-printer.md"
LINK: Final = "https://queue.example.vn/device?token=t"
PROGRAM: Final = """
set -eu
. scripts/environment
. scripts/print-agent-service
program={folder}/opt settings={folder}/etc agent_memory={folder}/memory agent_units={folder}/units
install_release() {{ mkdir -p "$1"; }}
install_print_agent {arguments}
"""


def unit_value(key: str) -> str:
    (value,) = re.findall(rf"^{key}=(.*)$", UNIT.read_text("utf-8"), re.MULTILINE)
    return str(value)


@pytest.fixture
def pc(tmp_path: Path) -> Path:
    """A PC on which programs that need root only note that they were called."""
    for name in ("id", "useradd", "runuser", "systemctl", "install"):
        program = tmp_path / "bin" / name
        program.parent.mkdir(exist_ok=True)
        ending = "exit 1" if name == "id" else ""
        program.write_text(f'#!/bin/sh\necho {name} "$@" >>{tmp_path}/calls\n{ending}\n')
        program.chmod(0o755)
    return tmp_path


def install(pc: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    text = PROGRAM.format(folder=pc, arguments=shlex.join(arguments))
    return subprocess.run(  # noqa: S603 - our own
        ["/bin/sh", "-c", text],
        cwd=ROOT,
        env={"PATH": f"{pc / 'bin'}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )


def calls(pc: Path, name: str) -> list[list[str]]:
    lines = (pc / "calls").read_text("utf-8").splitlines()
    return [words[1:] for words in map(shlex.split, lines) if words[0] == name]


def test_the_script_makes_the_units_user_and_folder_and_pairs_without_staying(pc: Path) -> None:
    done = install(pc, LINK, "")

    assert done.returncode == 0, done.stderr
    assert (pc / "opt" / "current").readlink().parent == pc / "opt"
    (made,) = calls(pc, "useradd")
    assert made[-1] == unit_value("User") == unit_value("Group")
    assert [str(pc / "memory")] in [words[-1:] for words in calls(pc, "install")]
    (paired,) = calls(pc, "runuser")
    assert paired[:3] == ["-u", unit_value("User"), "--"]
    arguments = parser().parse_args(paired[4:])
    assert (arguments.only_pair, arguments.link) == (True, LINK)
    assert arguments.data_folder == pc / "memory"
    assert calls(pc, "systemctl")[-1] == ["restart", UNIT.stem]


def test_the_server_s_own_authority_is_kept_where_the_agent_can_read_it(pc: Path) -> None:
    install(pc, LINK, "/media/usb/authority.pem")

    (paired,) = calls(pc, "runuser")
    assert parser().parse_args(paired[4:]).ca_file == pc / "etc" / "authority.pem"
    copy = ["-D", "-m", "0644", "/media/usb/authority.pem", str(pc / "etc" / "authority.pem")]
    assert copy in calls(pc, "install")


def test_without_a_link_a_paired_agent_is_updated_and_another_is_refused(pc: Path) -> None:
    assert install(pc, "", "").returncode == 1

    pairing = pc / "memory" / "print-agent" / "pairing.json"
    pairing.parent.mkdir(parents=True)
    pairing.touch()

    assert install(pc, "", "").returncode == 0
    assert "runuser" not in (pc / "calls").read_text("utf-8")


def test_beside_a_server_its_program_is_used(pc: Path) -> None:
    (pc / "units").mkdir()
    (pc / "units" / "queue-server.service").touch()

    assert install(pc, LINK, "").returncode == 0
    assert not (pc / "opt").exists()


def test_the_unit_starts_what_the_script_installs() -> None:
    script = (ROOT / "scripts" / "print-agent-service").read_text("utf-8")
    program, *words = shlex.split(unit_value("ExecStart"))

    assert program == "/opt/queue-server/current/bin/queue-server"
    assert "\nprogram=/opt/queue-server\n" in (ROOT / "scripts" / "install-print-agent").read_text()
    arguments = parser().parse_args(words)
    assert not arguments.only_pair
    assert f"\nagent_memory={arguments.data_folder}\n" in script
    assert str(arguments.data_folder) == f"/var/lib/{unit_value('StateDirectory')}"


def test_the_guide_says_how_the_script_is_called() -> None:
    guide = GUIDE.read_text("utf-8")

    assert "sudo scripts/install-print-agent 'https://" in guide
    assert f"`{UNIT.stem}`" in guide
    for line in re.findall(r"`queue-server (print-agent [^`]*)`", guide):
        parser().parse_args(shlex.split(line))


def test_systemd_understands_the_unit(tmp_path: Path) -> None:
    """Where systemd is; its program must exist for it, and this one does."""
    text = UNIT.read_text("utf-8").replace(unit_value("ExecStart").split()[0], sys.executable)
    unit = tmp_path / UNIT.name
    unit.write_text(text)
    verify = shutil.which("systemd-analyze") or shutil.which("true") or "true"

    said = subprocess.run(  # noqa: S603 - of the system
        [verify, "verify", str(unit)], capture_output=True, text=True, check=False
    )

    assert [line for line in said.stderr.splitlines() if UNIT.stem in line] == []
