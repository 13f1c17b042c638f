"""Two-phase commit between real databases: a coordinator killed at each point, recovery, what SQLite does not do."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress

import pytest
from processes import is_running, needs_signals

from course_lib.paths import ROOT
from course_lib.transactions import databases
from course_lib.transactions.coordinating import coordinator, run_to, transfer_killed
from course_lib.transactions.databases import POINTS, Bank, Log

START, MOVED = {"ann": 100, "bob": 100}, {"ann": 90, "bob": 110}

# point: who is in doubt after the kill, what can be read then, and the outcome
KILLED = {
    "begun": ((), START, "aborted"),
    "ann prepared": (("ann",), START, "aborted"),
    "bob prepared": (("ann", "bob"), START, "aborted"),
    "decided": (("ann", "bob"), START, "committed"),
    "ann committed": (("bob",), {"ann": 90, "bob": 100}, "committed"),
    "bob committed": ((), MOVED, "committed"),
}


@pytest.fixture
def folder(tmp_path):
    databases.create(tmp_path)
    return tmp_path


@pytest.fixture
def bank(folder):
    with closing(Bank(folder, "ann")) as bank:
        yield bank


def stop_at(wanted):
    """A coordinator that fails at a point, as good as killed for whoever keeps everything on disk."""

    def reached(point):
        if point == wanted:
            raise KeyboardInterrupt

    return reached


def states(folder, txn):
    with closing(Bank(folder, "ann")) as ann, closing(Bank(folder, "bob")) as bob:
        return ann.state(txn), bob.state(txn)


# The coordinator is killed


def test_all_points_are_tried():
    assert tuple(KILLED) == POINTS


@pytest.mark.parametrize("at", POINTS)
def test_wherever_the_coordinator_is_killed_both_end_alike_and_no_money_is_lost(tmp_path, at):
    doubt, killed, outcome = KILLED[at]
    told = transfer_killed(tmp_path, at)
    assert (told.before, told.killed, told.in_doubt, told.outcome) == (START, killed, doubt, outcome)
    assert told.recovered == (MOVED if outcome == "committed" else START)
    assert sum(told.recovered.values()) == 200
    assert set(states(tmp_path, "t1")) <= {outcome, None}
    assert databases.in_doubt(tmp_path) == ()


@pytest.mark.parametrize("at", POINTS)
def test_recovery_a_second_time_does_nothing(tmp_path, at):
    told = transfer_killed(tmp_path, at)
    before = states(tmp_path, "t1")
    assert databases.recover(tmp_path) == []
    assert databases.balances(tmp_path) == told.recovered
    assert states(tmp_path, "t1") == before


@pytest.mark.parametrize("at", POINTS)
def test_recovery_that_fails_half_way_is_done_again(folder, at):
    with coordinator(folder, 10) as process:
        run_to(process, at)
    doubt, _, outcome = KILLED[at]
    if doubt:
        with pytest.raises(KeyboardInterrupt):
            databases.recover(folder, stop_at(f"{doubt[0]} recovered"))
    assert databases.recover(folder) == [(name, "t1", outcome) for name in doubt[1:]]
    assert databases.balances(folder) == (MOVED if outcome == "committed" else START)


@pytest.mark.parametrize("at", POINTS)
def test_a_transfer_that_comes_before_recovery_harms_nothing(folder, at):
    doubt, _, outcome = KILLED[at]
    with coordinator(folder, 10) as process:
        run_to(process, at)
    assert databases.transfer(folder, 5) is (not doubt)  # who is in doubt gives no second promise
    databases.recover(folder)
    moved = (10 if outcome == "committed" else 0) + (0 if doubt else 5)
    assert databases.balances(folder) == {"ann": 100 - moved, "bob": 100 + moved}


@needs_signals
def test_the_process_is_killed_by_the_system_and_is_gone(folder):
    with coordinator(folder, 10) as process:
        run_to(process, "bob prepared")
        assert is_running(process.pid)
    assert process.returncode == -signal.SIGKILL


def test_it_is_killed_when_the_block_fails_too(folder):
    with pytest.raises(ZeroDivisionError), coordinator(folder, 10) as process:
        run_to(process, "begun")
        _ = 1 / 0
    assert process.returncode is not None
    assert databases.recover(folder) == []


def test_a_process_that_nobody_kills_carries_the_transfer_out(folder):
    with coordinator(folder, 10) as process:
        run_to(process, POINTS[-1])
        process.stdin.write("\n")
        process.stdin.close()
        assert process.wait() == 0
    assert databases.balances(folder) == MOVED
    assert databases.recover(folder) == []


def test_a_process_whose_starter_is_gone_ends_where_it_stands(folder):
    command = [sys.executable, "-m", "course_lib.transactions.coordinating", str(folder), "10"]
    done = subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    assert done.stdout == "begun\n"
    assert databases.balances(folder) == START


def test_nobody_recovers_while_a_coordinator_is_at_work(folder):
    with coordinator(folder, 10) as process:
        run_to(process, "ann prepared")
        with pytest.raises(RuntimeError, match="a coordinator is at work"):
            databases.recover(folder)
        assert databases.in_doubt(folder) == ("ann",)
    assert databases.recover(folder) == [("ann", "t1", "aborted")]


def test_one_folder_takes_kill_after_kill_and_no_number_comes_again(tmp_path):
    for at in POINTS:
        transfer_killed(tmp_path, at)
    moved = 10 * sum(outcome == "committed" for _, _, outcome in KILLED.values())
    assert databases.balances(tmp_path) == {"ann": 100 - moved, "bob": 100 + moved}
    with closing(Bank(tmp_path, "ann")) as ann:
        known = [txn for (txn,) in ann.db.execute("SELECT txn FROM part ORDER BY txn")]
    assert known == ["t2", "t3", "t4", "t5", "t6"]  # of t1 ann has never heard


def test_what_was_killed_says_so_in_a_line(tmp_path):
    told = transfer_killed(tmp_path, "ann committed")
    assert str(told) == (
        "killed when ann committed: ann 90, bob 100; in doubt: bob; recovered: committed, ann 90, bob 110"
    )
    assert told.row == ("ann committed", "ann 90, bob 100", "bob", "committed", "ann 90, bob 110")


# A participant, and the log


def test_without_faults_a_transfer_is_carried_out_and_the_log_is_empty(folder):
    seen = []
    assert databases.transfer(folder, 10, seen.append)
    assert tuple(seen) == POINTS
    assert databases.balances(folder) == MOVED
    with closing(Log(folder)) as log:
        assert log.kept() == []


def test_an_account_that_has_not_so_much_refuses_and_all_is_aborted(folder):
    assert not databases.transfer(folder, 101)
    assert databases.balances(folder) == START
    assert states(folder, "t1") == ("aborted", "aborted")


def test_a_promise_keeps_a_second_one_out(bank):
    assert bank.prepare("t1", -10)
    assert not bank.prepare("t2", -10)
    bank.decide("t1", True)
    assert bank.prepare("t3", -10)


def test_who_is_asked_again_answers_the_same(bank):
    assert bank.prepare("t1", -10)
    assert bank.prepare("t1", -10)
    bank.decide("t1", True)
    bank.decide("t1", True)
    assert bank.prepare("t1", -10)
    assert bank.balance() == 90
    assert not bank.prepare("t2", -1000)
    assert not bank.prepare("t2", -1000)


def test_what_was_aborted_is_not_revived_by_a_late_prepare(bank):
    bank.decide("t1", False)
    assert not bank.prepare("t1", -10)
    bank.decide("t1", True)
    assert bank.balance() == 100


def test_a_decision_does_not_reverse_another(bank):
    bank.prepare("t1", -10)
    bank.decide("t1", True)
    bank.decide("t1", False)
    assert (bank.state("t1"), bank.balance()) == ("committed", 90)


def test_sqlite_holds_no_lock_after_the_promise_but_the_table_keeps_strangers_out(folder, bank):
    bank.prepare("t1", -10)
    with closing(sqlite3.connect(folder / "ann.db", timeout=0)) as stranger:
        assert stranger.execute("SELECT balance FROM account").fetchone() == (100,)  # anybody may read
        stranger.execute(
            "CREATE TABLE other (value)"
        )  # and write elsewhere in the same file: no lock is held
        with pytest.raises(sqlite3.IntegrityError, match="promised to a transaction"):
            stranger.execute("UPDATE account SET balance = 0")
        with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"):
            stranger.execute("INSERT INTO part VALUES ('t9', 1, 'prepared')")
    bank.decide("t1", False)
    with closing(sqlite3.connect(folder / "ann.db", timeout=0)) as stranger:
        stranger.execute("UPDATE account SET balance = 50")
        stranger.commit()
    assert bank.balance() == 50


def test_a_plain_transaction_of_sqlite_ends_with_its_process(folder):
    """Why a promise has to be a row that is committed: SQLite's own transaction is undone by the kill."""
    program = (
        "import os, sqlite3, sys\n"
        "db = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "db.execute('BEGIN IMMEDIATE'); db.execute('UPDATE account SET balance = 90')\n"
        "os.kill(os.getpid(), 9) if os.name == 'posix' else os._exit(1)\n"
    )
    subprocess.run([sys.executable, "-c", program, folder / "ann.db"])
    with closing(Bank(folder, "ann")) as bank:
        assert bank.balance() == 100
        assert bank.prepare("t1", -10)  # and its lock is free


def test_the_log_presumes_abort_of_what_it_does_not_know(folder):
    with closing(Log(folder)) as log:
        txn = log.begin()
        assert not log.has_committed(txn)
        log.commit(txn)
        assert log.has_committed(txn)
        log.forget(txn)
        assert not log.has_committed(txn)
        assert log.begin() != txn


def test_there_is_one_log_open_at_a_time(folder):
    with closing(Log(folder)), pytest.raises(RuntimeError, match="at work"):
        Log(folder)
    Log(folder).close()


def test_a_commit_waits_for_the_disk(bank, folder):
    with closing(Log(folder)) as log:
        for db in (bank.db, log.db):
            assert db.execute("PRAGMA synchronous").fetchone() == (3,)  # EXTRA


def test_bad_arguments_are_named(folder, tmp_path_factory):
    empty = tmp_path_factory.mktemp("empty")
    with pytest.raises(FileNotFoundError, match=r"databases\.create"):
        databases.balances(empty)
    with pytest.raises(FileExistsError, match="empty folder"):
        databases.create(folder)
    with pytest.raises(ValueError, match="'later'"):
        transfer_killed(folder, "later")
    with pytest.raises(ValueError, match="-5"):
        databases.transfer(folder, -5)
    with pytest.raises(RuntimeError, match="an account has refused"):
        transfer_killed(folder, "decided", 1000)
    with pytest.raises(RuntimeError, match="not 0"):
        transfer_killed(folder, "decided", 0)
    assert sorted(os.listdir(empty)) == []


def test_a_promise_that_is_gone_is_told(bank):
    with pytest.raises(RuntimeError, match="t9 is committed"):
        bank.decide("t9", True)


def test_the_account_stays(bank):
    bank.prepare("t1", -10)
    with pytest.raises(sqlite3.IntegrityError, match="stays"):
        bank.db.execute("DELETE FROM account")


@pytest.mark.parametrize("change", [0.5, 2**62, 2**63 - 10])
def test_what_cannot_be_carried_out_exactly_is_not_promised(bank, change):
    with suppress(sqlite3.IntegrityError):
        assert not bank.prepare("t1", change)
    assert bank.in_doubt() == [] and bank.balance() == 100
