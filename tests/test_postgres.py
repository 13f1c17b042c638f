"""PostgreSQL's own PREPARE under the coordinator of two SQLite files: its locks stay, also after a crash."""

from contextlib import closing

import pytest

from course_lib.servers import ServerMissing
from course_lib.transactions import databases, postgres
from course_lib.transactions.databases import POINTS, Log
from course_lib.transactions.postgres import Refused

CHANGES = {"ann": -10, "bob": +10}


class Stopped(Exception):
    """The coordinator goes no further."""


@pytest.fixture(scope="module")
def shared_banks():
    with postgres.postgres() as banks:
        yield banks


@pytest.fixture
def banks(shared_banks):
    """The banks as they began: nothing in doubt, 100 in each."""
    for bank in shared_banks.values():
        for txn in bank.in_doubt():
            bank.decide(txn, False)
        bank.sql("UPDATE account SET balance = 100")
    return shared_banks


@pytest.fixture
def folder(tmp_path):
    databases.create(tmp_path)
    return tmp_path


def balances(banks):
    return {name: bank.balance() for name, bank in banks.items()}


def stop_at(wanted):
    def reached(point):
        if point == wanted:
            raise Stopped

    return reached


@pytest.mark.needs("postgres")
@pytest.mark.parametrize("at", POINTS)
def test_wherever_the_coordinator_stops_both_databases_end_alike(banks, folder, at):
    with closing(Log(folder)) as log, pytest.raises(Stopped):
        databases.carry_out(log, banks, CHANGES, stop_at(at))
    with closing(Log(folder)) as log:
        databases.finish(log, banks)
        assert databases.finish(log, banks) == []
    committed = POINTS.index(at) >= POINTS.index("decided")
    assert balances(banks) == ({"ann": 90, "bob": 110} if committed else {"ann": 100, "bob": 100})


@pytest.mark.needs("postgres")
def test_an_account_that_has_not_so_much_refuses_and_all_is_aborted(banks, folder):
    with closing(Log(folder)) as log:
        assert not databases.carry_out(log, banks, {"bob": +1000, "ann": -1000})
    assert balances(banks) == {"ann": 100, "bob": 100}
    assert not any(bank.in_doubt() for bank in banks.values())


@pytest.mark.needs("postgres")
def test_the_promise_and_its_lock_outlive_the_session_and_a_crash_of_the_server(banks):
    ann = banks["ann"]
    assert ann.prepare("t1", -10)  # the session that gave the promise is over
    for crashed in (False, True):
        if crashed:
            ann.server.crash()
            ann.server.restart()
        assert ann.in_doubt() == ["t1"]
        with pytest.raises(Refused, match="lock timeout"):
            ann.sql("UPDATE account SET balance = 0")
        assert not ann.prepare("t2", -10)
        assert ann.balance() == 100  # readers do not wait: they see the version that is committed
    ann.decide("t1", True)
    ann.decide("t1", True)
    assert ann.balance() == 90


@pytest.mark.needs("postgres")
def test_a_name_belongs_to_one_database(banks):
    assert all(bank.prepare("t1", +1) for bank in banks.values())
    assert [bank.in_doubt() for bank in banks.values()] == [["t1"], ["t1"]]
    for bank in banks.values():
        bank.decide("t1", False)
    assert balances(banks) == {"ann": 100, "bob": 100}


def test_where_there_is_no_postgres_a_sentence_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(postgres, "find_postgres", lambda: None)
    with pytest.raises(ServerMissing, match="apt install postgresql"), postgres.postgres():
        pass
