"""An agent prints what the server gives it once, and tells, whatever dies on either side."""

import socket
from concurrent.futures import Future
from pathlib import Path
from threading import Thread

import pytest
from msgspec.structs import replace

from config.settings import read_settings
from printers.agent.agent_line import AgentLine, ServerAway
from printers.agent.agent_queue import AgentQueue
from printers.agent.print_agent import PrintAgent
from printers.printer import Verdict
from queue_server.__main__ import parser, print_agent
from queue_server.accounts.pairing import NotPaired, Pairing, pair, save_pairing
from queue_server.core import commands as c
from queue_server.core.printing import Condition
from tests.support.print_agents import KIOSK, SENDER, SHORT, Kiosk, kiosk
from tests.support.printer_emulator import Faults

__all__ = ["kiosk"]


def test_a_paper_goes_from_the_server_to_the_printer_of_another_pc(kiosk: Kiosk) -> None:
    with kiosk.agent() as agent:
        agent.step(0)
        kiosk.issue()
        agent.step(0)
        agent.step(0)

    assert kiosk.result() == "printed"
    assert kiosk.job.sender == SENDER
    assert kiosk.condition is Condition.READY
    assert len(kiosk.printer.receipts) == 1


def test_an_agent_waits_for_paper(kiosk: Kiosk) -> None:
    with kiosk.agent() as agent:
        agent.step(0)
        done: Future[None] = Future()

        def wait() -> None:
            agent.step(10.0)
            done.set_result(None)

        # the queue's file belongs to one thread, so the number is issued in the other one
        issuing = Thread(target=kiosk.issue)
        issuing.start()
        wait()
        issuing.join()

    assert done.done()
    assert len(kiosk.printer.receipts) == 1


@pytest.mark.parametrize(
    ("fault", "condition"),
    [
        ("paper_out", Condition.PAPER_OUT),
        ("near_end", Condition.PAPER_NEAR_END),
        ("cover_open", Condition.COVER_OPEN),
    ],
)
def test_how_the_printer_is_reaches_the_server(
    kiosk: Kiosk, fault: str, condition: Condition
) -> None:
    with kiosk.agent() as agent:
        agent.step(0)
        agent.step(0)
        assert kiosk.condition is Condition.READY
        setattr(kiosk.printer.faults, fault, True)

        agent.step(0)

        assert kiosk.condition is condition


def test_a_printer_without_paper_is_sent_nothing_until_it_is_well(kiosk: Kiosk) -> None:
    kiosk.printer.faults.paper_out = True
    with kiosk.agent() as agent:
        agent.step(0)
        kiosk.issue()
        agent.step(0)
        assert kiosk.result() == "pending"
        assert kiosk.printer.job_bytes == 0

        kiosk.printer.change_roll()
        agent.step(0)
        agent.step(0)

    assert kiosk.result() == "printed"


def test_a_printer_that_is_unplugged_is_told(kiosk: Kiosk, tmp_path: Path) -> None:
    row = kiosk.state("configuration").printers[KIOSK]
    gone = replace(row, address=str(tmp_path / "lp0"))
    facts = replace(kiosk.server.configuration, printers={KIOSK: replace(gone, address="/dev/lp9")})
    kiosk.server.do(c.ApplyConfiguration(configuration=facts))

    with kiosk.agent() as agent:
        agent.step(0)
        agent.step(0)

    assert kiosk.condition is Condition.UNREACHABLE


class QueueThatDies(AgentQueue):
    """The agent loses power at a chosen step."""

    def __init__(self, path: Path, step: str) -> None:
        super().__init__(path)
        self._step = step

    def begin(self, job_id: str) -> Verdict | None:
        if self._step == "before the first byte":
            raise KeyboardInterrupt
        return super().begin(job_id)

    def record(self, job_id: str, verdict: Verdict) -> None:
        if self._step == "after the last byte":
            raise KeyboardInterrupt
        super().record(job_id, verdict)


def _dies(kiosk: Kiosk, step: str) -> None:
    queue = QueueThatDies(kiosk.folder / "agent" / "jobs.sqlite3", step)
    with AgentLine(kiosk.pairing) as line:
        agent = PrintAgent(line, queue, kiosk.folder / "agent", SHORT)
        agent.step(0)
        kiosk.issue()
        with pytest.raises(KeyboardInterrupt):
            agent.step(0)
    queue.close()


def test_power_lost_before_the_first_byte_is_certain_and_printed_once(kiosk: Kiosk) -> None:
    _dies(kiosk, "before the first byte")
    assert kiosk.result() == "sending"
    assert kiosk.printer.job_bytes == 0

    with kiosk.agent() as agent:
        agent.step(0)
        agent.step(0)

    assert kiosk.result() == "printed"
    assert len(kiosk.printer.receipts) == 1


def test_power_lost_after_the_last_byte_is_unknown_and_never_sent_again(kiosk: Kiosk) -> None:
    _dies(kiosk, "after the last byte")
    assert kiosk.result() == "sending"

    with kiosk.agent() as agent:
        for _ in range(3):
            agent.step(0)

    assert (kiosk.result(), kiosk.job.detail) == ("unknown", "interrupted")
    assert len(kiosk.printer.receipts) == 1


class LineThatBreaks(AgentLine):
    """The network goes down at a chosen step."""

    breaks_at = ""

    def start(self, job_id: str) -> bool:
        if self.breaks_at == "question":
            raise ServerAway("no network")
        begun = super().start(job_id)
        if self.breaks_at == "answer":
            raise ServerAway("no network")
        return begun

    def record(self, job_id: str, verdict: Verdict) -> None:
        if self.breaks_at == "verdict":
            raise ServerAway("no network")
        super().record(job_id, verdict)


@pytest.mark.parametrize("breaks_at", ["question", "answer"])
def test_without_the_servers_answer_nothing_is_sent(kiosk: Kiosk, breaks_at: str) -> None:
    """Whether or not the journal has the job as begun, it is printed once, later."""
    queue = AgentQueue(kiosk.folder / "agent" / "jobs.sqlite3")
    with LineThatBreaks(kiosk.pairing) as line:
        agent = PrintAgent(line, queue, kiosk.folder / "agent", SHORT)
        agent.step(0)
        kiosk.issue()
        line.breaks_at = breaks_at
        agent.step(0)
        assert kiosk.printer.job_bytes == 0
        assert kiosk.result() == {"question": "pending", "answer": "sending"}[breaks_at]

        line.breaks_at = ""
        agent.step(0)
        agent.step(0)
    queue.close()

    assert kiosk.result() == "printed"
    assert len(kiosk.printer.receipts) == 1


def test_a_verdict_is_kept_until_the_server_is_back(kiosk: Kiosk) -> None:
    queue = AgentQueue(kiosk.folder / "agent" / "jobs.sqlite3")
    with LineThatBreaks(kiosk.pairing) as line:
        agent = PrintAgent(line, queue, kiosk.folder / "agent", SHORT)
        agent.step(0)
        kiosk.issue()
        line.breaks_at = "verdict"
        agent.step(0)
        with pytest.raises(ServerAway):
            agent.step(0)
    queue.close()
    assert kiosk.result() == "sending"

    with kiosk.agent() as restarted:
        restarted.step(0)

    assert kiosk.result() == "printed"
    assert len(kiosk.printer.receipts) == 1


def test_two_agents_with_one_token_print_a_paper_once(kiosk: Kiosk) -> None:
    kiosk.issue()
    with kiosk.agent() as first:
        first.step(0)
        kiosk.folder = kiosk.folder / "copy"
        with kiosk.agent() as second:
            second.step(0)
            second.step(0)
        first.step(0)

    assert len(kiosk.printer.receipts) == 1
    assert kiosk.result() == "printed"


def test_a_paper_that_came_out_late_is_unknown(kiosk: Kiosk) -> None:
    kiosk.printer.faults = Faults(paper_out_after_rows=20)
    with kiosk.agent() as agent:
        agent.step(0)
        kiosk.issue()
        agent.step(0)
        agent.step(0)

    assert (kiosk.result(), kiosk.job.detail) == ("unknown", "paper_out")
    assert kiosk.condition is Condition.PAPER_OUT


def test_an_agent_without_a_printer_of_its_own_waits(kiosk: Kiosk) -> None:
    facts = replace(kiosk.server.configuration, printers={}, kiosk_printer=None, kiosks={})
    kiosk.server.do(c.ApplyConfiguration(configuration=facts))

    with kiosk.agent() as agent:
        agent.end()  # so that it does not pause
        agent.step(0)


def test_a_token_that_is_no_printers_is_turned_away(kiosk: Kiosk) -> None:
    with (
        kiosk.agent(replace(kiosk.pairing, token="board")) as agent,  # noqa: S106
        pytest.raises(NotPaired, match="does not know this agent"),
    ):
        agent.step(0)


def test_a_server_that_is_away_is_away(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    pairing = Pairing(server=f"http://127.0.0.1:{port}", token="x", name="K", centre="an-binh")  # noqa: S106

    with AgentLine(pairing) as line, pytest.raises(ServerAway):
        PrintAgent(line, AgentQueue(tmp_path / "jobs.sqlite3"), tmp_path).step(0)
    with pytest.raises(NotPaired, match="the server cannot be reached"):
        pair(f"http://127.0.0.1:{port}/device?token={'x' * 43}", "printer")


@pytest.mark.parametrize("link", ["", "token", "https://server/device", "file:///x?token=y"])
def test_what_is_no_link_is_said(link: str) -> None:
    with pytest.raises(NotPaired, match="expected a link such as"):
        pair(link, "printer")


def test_only_pairing_ends_when_there_is_a_pairing(
    kiosk: Kiosk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The service goes on from there; otherwise it would print until it is told to stop."""
    monkeypatch.setenv("QUEUE_DATA_FOLDER", str(tmp_path))
    arguments = parser().parse_args(["print-agent", "--only-pair"])
    with pytest.raises(NotPaired, match="begin with --link"):
        print_agent(read_settings(), arguments)

    save_pairing(tmp_path / "print-agent" / "pairing.json", kiosk.pairing)

    assert print_agent(read_settings(), arguments) == 0
