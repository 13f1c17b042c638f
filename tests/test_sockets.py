"""What UDP and TCP promise, with real sockets on loopback."""

import gc

import pytest

from course_lib.messaging import sockets


def test_udp_drops_what_does_not_fit_and_neither_repeats_nor_reorders_on_loopback():
    flood = sockets.udp_flood(10_000)
    assert flood.sent == 10_000
    assert 0 < flood.arrived < 10_000
    assert flood.repeated == 0 and flood.in_order


def test_udp_loses_nothing_while_the_buffer_has_room():
    assert sockets.udp_flood(5).arrived == 5


def test_tcp_delivers_all_once_and_in_order_and_has_the_sender_wait():
    flood = sockets.tcp_flood(10_000)
    assert flood[:4] == (10_000, 10_000, 0, True)
    assert 0 < flood.before_waiting < 10_000


@pytest.mark.parametrize("flood", [sockets.udp_flood, sockets.tcp_flood])
def test_a_flood_of_nothing_is_over_at_once(flood):
    assert flood(0)[:4] == (0, 0, 0, True)


def test_a_caller_cannot_tell_whether_its_request_ran():
    ran, did_not = sockets.lost_reply(runs=True), sockets.lost_reply(runs=False)
    assert (ran.ran, did_not.ran) == (True, False)
    assert ran.error == did_not.error == "ConnectionError: the connection was closed before a reply came"


def test_datagrams_keep_their_borders_and_a_stream_has_none():
    seen = sockets.borders()
    assert seen.udp == (b"one", b"two")
    assert seen.tcp == (b"onetwo",)
    assert seen.framed == (b"one", b"two")
    assert sockets.borders(b"a", b"", b"c") == ((b"a", b"", b"c"), (b"ac",), (b"a", b"", b"c"))


def test_no_socket_is_left_open():
    sockets.udp_flood(10), sockets.tcp_flood(10), sockets.lost_reply(True), sockets.borders()
    gc.collect()  # pytest fails on what an open socket warns of here
