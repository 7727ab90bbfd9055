"""Independent jobs spread over the cores, with their results in order, one progress, and one cancel.

The jobs run on threads: numpy, GEOS and PROJ let others work while they do, and threads, unlike processes, are safe
inside QGIS on every platform.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from itertools import islice
from threading import Event
from typing import TypeVar

from .progress import Progress

MOST_WORKERS = 4  # beyond this, threads mostly wait for each other
LOOK_S = 0.05  # between two looks at whether the user has cancelled
LEAVE_S = 0.5  # how long jobs that were told to stop are waited for

T = TypeVar("T")
Job = Callable[[Progress], T]


def spread(
    jobs: Sequence[Job[T]], progress: Progress, before: Callable[[int], None] | None = None,
) -> Generator[T, None, None]:
    """Yield the results of jobs, in their order; each may report its own progress.

    Jobs are begun in their order and only a few before the result that is waited for, so that results do not pile up.

    Parameters
    ----------
    before : called with the number of each job just before it is begun, on the thread that asks for the results

    Raises
    ------
    PlanCancelledError : the user asked to stop; jobs under way stop at their next report, which nobody waits for long
    Exception : what a job raises, when its turn has come, and what ``before`` raises
    """
    if not jobs:
        return
    workers = min(os.cpu_count() or 1, MOST_WORKERS, len(jobs))
    done, stop = [0.0] * len(jobs), Event()

    def own(number: int) -> Progress:
        return Progress(lambda fraction: done.__setitem__(number, fraction), is_cancelled=stop.is_set)

    pool = ThreadPoolExecutor(workers)
    waiting = iter(range(len(jobs)))
    begun: dict[int, Future[T]] = {}
    try:
        for number in range(len(jobs)):
            for k in islice(waiting, 2 * workers - len(begun)):
                if before is not None:
                    before(k)
                begun[k] = pool.submit(jobs[k], own(k))
            while not wait([begun[number]], LOOK_S).done:
                progress.report(sum(done) / len(jobs))
            done[number] = 1.0
            progress.report(sum(done) / len(jobs))
            yield begun.pop(number).result()  # what was handed over is not kept
    finally:
        stop.set()
        pool.shutdown(wait=False, cancel_futures=True)
        wait(begun.values(), LEAVE_S)
