"""Jobs on threads: in order, with one progress; an error or a cancel leaves none behind."""

from __future__ import annotations

import threading

import pytest

from buffer_zone_plugin.core.errors import PlanCancelledError
from buffer_zone_plugin.core.memo import Memo
from buffer_zone_plugin.core.progress import Progress
from buffer_zone_plugin.core.workers import MOST_WORKERS, spread


def all_ended():
    """The threads of jobs end by themselves."""
    for thread in threading.enumerate():
        if thread is not threading.current_thread():
            thread.join(30)
    return threading.active_count() == 1


def job(number, begun=None, wait=None):
    def run(progress):
        if begun is not None:
            begun.append(number)
        if wait is not None:
            wait.wait(30)
        progress.report(0.5)
        return number

    return run


def test_results_come_in_order_and_progress_never_falls():
    seen = []
    assert list(spread([job(k) for k in range(40)], Progress(seen.append))) == list(range(40))
    assert seen == sorted(seen) and seen[-1] == pytest.approx(1.0)
    assert list(spread([], Progress())) == []


def test_a_slow_first_job_does_not_let_results_pile_up():
    begun, go = [], threading.Event()
    results = spread([job(0, begun, go), *(job(k, begun) for k in range(1, 200))], Progress(lambda _: go.set()))
    assert next(results) == 0
    assert len(begun) <= 1 + 2 * MOST_WORKERS
    results.close()
    assert all_ended()


def test_what_a_job_needs_is_done_before_it_by_who_asks():
    order = []
    found = list(spread(
        [lambda _, k=k: order.append(("job", k)) for k in range(9)], Progress(),
        lambda k: order.append((threading.current_thread(), k)),
    ))
    assert len(found) == 9
    assert all(order.index((threading.current_thread(), k)) < order.index(("job", k)) for k in range(9))


def test_an_error_comes_when_its_turn_has_come_and_ends_the_rest():
    def broken(_progress):
        raise ValueError("broken")

    results = spread([job(0), job(1), broken, job(3)], Progress())
    assert [next(results), next(results)] == [0, 1]
    with pytest.raises(ValueError, match="broken"):
        next(results)
    assert all_ended()


def test_a_cancel_reaches_jobs_that_run():
    running = threading.Event()

    def endless(progress):
        running.set()
        while True:
            progress.check()

    with pytest.raises(PlanCancelledError):
        list(spread([endless, endless], Progress(is_cancelled=running.is_set)))
    assert all_ended()


def test_what_is_asked_for_at_once_is_made_once():
    memo, made, together = Memo(), [], threading.Barrier(4)

    def ask(_progress):
        together.wait(30)
        return memo.once("key", lambda: made.append(1) or object())

    def many():
        threads = [threading.Thread(target=lambda: found.append(ask(None))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    found = []
    many()
    assert len(made) == 1 and len(set(map(id, found))) == 1


def test_what_fails_is_tried_again():
    memo = Memo()
    with pytest.raises(ZeroDivisionError):
        memo.once("key", lambda: 1 // 0)
    assert memo.once("key", lambda: 5) == memo.once("key", lambda: 6) == 5


def test_a_job_that_does_not_look_up_is_not_waited_for():
    running, go, ended = threading.Event(), threading.Event(), []

    def deaf(_progress):
        running.set()
        go.wait(30)
        ended.append(1)

    with pytest.raises(PlanCancelledError):
        list(spread([deaf], Progress(is_cancelled=running.is_set)))
    assert not ended
    go.set()
    assert all_ended()
