"""The announcer's service, its installer and its guide speak of the same paths and user."""

import configparser
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from queue_server.__main__ import parser
from tests.support.source_tree import ROOT

UNIT = ROOT / "deploy" / "queue-announcer.service"
INSTALLER = ROOT / "scripts" / "install-announcer"
GUIDE = ROOT / "docs" / "guides" / "connect-a-loudspeaker.md"


@pytest.fixture(scope="module")
def service() -> configparser.SectionProxy:
    unit = configparser.ConfigParser(interpolation=None, strict=False, comment_prefixes="#")
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # names keep their capitals
    unit.read(UNIT)
    return unit["Service"]


@pytest.fixture(scope="module")
def named() -> dict[str, str]:
    """What the installer calls its folders and its user."""
    return dict(re.findall(r"^(\w+)=(\S+)$", INSTALLER.read_text("utf-8"), re.MULTILINE))


def test_the_service_runs_as_the_user_that_the_installer_makes(
    service: configparser.SectionProxy, named: dict[str, str]
) -> None:
    assert service["User"] == service["Group"] == named["user"]
    assert f"`{named['user']}`" in GUIDE.read_text("utf-8")


def test_that_user_reaches_sound_cards_and_nothing_else(
    service: configparser.SectionProxy,
) -> None:
    assert service["SupplementaryGroups"] == "audio"
    assert service["DevicePolicy"] == "closed"
    assert service["DeviceAllow"] == "char-alsa rw"
    assert "PrivateDevices" not in service


def test_the_service_starts_the_program_that_is_installed_on_the_memory_that_was_paired(
    service: configparser.SectionProxy, named: dict[str, str]
) -> None:
    program, *words = service["ExecStart"].split()
    arguments = parser().parse_args(words)

    assert program == f"{named['program']}/current/bin/queue-server"
    assert words[0] == "announcer"
    assert arguments.data_folder == Path(named["memory"])
    assert named["memory"] == f"/var/lib/{service['StateDirectory']}"
    assert arguments.output == "${OUTPUT}"
    assert service["EnvironmentFile"] == f"-{named['settings']}/announcer.env"


def test_the_guide_names_the_same_paths(named: dict[str, str]) -> None:
    text = GUIDE.read_text("utf-8")
    paths = set(re.findall(r"(?:/opt|/var/lib|/etc/queue-server)[\w./-]*", text))

    expected = {named["program"], named["memory"], f"{named['settings']}/announcer.env"}
    assert paths == expected
    assert "sudo scripts/install-announcer" in text


def test_what_the_guide_says_to_type_is_understood() -> None:
    typed = re.findall(r"^queue-server (.+)$", GUIDE.read_text("utf-8"), re.MULTILINE)

    assert len(typed) == 2
    for words in typed:
        parser().parse_args(words.replace("'", "").split())


def test_systemd_understands_the_service(tmp_path: Path) -> None:
    """Where there is systemd; the program need not be installed for it."""
    program = shutil.which("systemd-analyze")
    if program is None:
        return
    text = UNIT.read_text("utf-8")
    copy = tmp_path / UNIT.name
    copy.write_text(re.sub(r"^(ExecStart=)\S+", r"\1/bin/true", text, flags=re.MULTILINE))

    told = subprocess.run(  # noqa: S603 (own arguments)
        [program, "verify", str(copy)], capture_output=True, text=True, check=False
    )

    assert (told.returncode, told.stderr) == (0, "")


def test_the_scripts_are_shell() -> None:
    for script in (INSTALLER, ROOT / "scripts" / "install-service", ROOT / "scripts/environment"):
        subprocess.run(["/bin/sh", "-n", str(script)], check=True)  # noqa: S603 (own files)
