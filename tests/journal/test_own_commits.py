"""A process knows its own commits again when it hears them, and keeps few of them."""

from queue_server.core.codec import encode_commit
from queue_server.core.commit import Position
from queue_server.core.identifiers import CentreId, Epoch
from queue_server.journal import own_commits
from queue_server.journal.own_commits import OwnCommits
from tests.support.commits import commit_after

CENTRE = CentreId("an-binh")
START = Position(Epoch("e"), 0)


def test_an_own_commit_is_the_one_that_was_sent() -> None:
    own = OwnCommits()
    commit = commit_after(CENTRE, START)
    own.sent(encode_commit(commit), commit)

    heard = own.heard(encode_commit(commit))

    assert heard is commit


def test_the_commit_of_another_process_is_decoded() -> None:
    own = OwnCommits()
    mine, other = commit_after(CENTRE, START), commit_after(CENTRE, Position(Epoch("e"), 1))
    own.sent(encode_commit(mine), mine)

    heard = own.heard(encode_commit(other))

    assert heard == other


def test_where_nobody_listens_old_commits_are_forgotten() -> None:
    own = OwnCommits()
    first = commit_after(CENTRE, START)
    own.sent(encode_commit(first), first)
    for offset in range(1, own_commits.KEPT + 1):
        commit = commit_after(CENTRE, Position(Epoch("e"), offset))
        own.sent(encode_commit(commit), commit)

    heard = own.heard(encode_commit(first))

    assert heard == first
    assert heard is not first
