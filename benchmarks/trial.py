"""One tool on one line in a process of its own: its time, the memory it needs beyond the line, and its zone."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
import traceback
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from .postgis import NotAvailableError
from .system import forget_peak, limit_memory, memory_mb, processor_s

MOST_RUNS = 7
WARM_UP_VERTICES = 100
GIVE_UP_SECONDS = 100.0  # for a whole trial
END_SECONDS = 10.0


@dataclass(frozen=True)
class Trial:
    """The least of ``runs``: seconds by the clock and of the processor; extra megabytes of the first run; the zone.

    Or ``problem``: why there is none.
    """

    seconds: float
    processor_s: float
    runs: int
    memory_mb: float
    zone: Any = None
    problem: str = ""


def trial(peer, lonlat, depth_m, folder, budget_s) -> Trial:
    """Run a peer up to seven times, as long as ``budget_s`` seconds are not used up; end it when it takes too long."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory() as profile:
        question = sender, profile, peer, lonlat, depth_m, folder, budget_s
        process = context.Process(target=_answer, args=question, daemon=True)
        process.start()
        sender.close()
        try:
            if not receiver.poll(GIVE_UP_SECONDS):
                return _without(f"over {GIVE_UP_SECONDS:.0f} s")
            seconds, processor_s, memory_mb, wkb, problem = receiver.recv()
            process.join(END_SECONDS)
        except EOFError:
            return _without("ended early")
        finally:
            process.kill()
            process.join()
    if problem:
        return _without(problem)
    return Trial(min(seconds), min(processor_s), len(seconds), memory_mb, shapely.from_wkb(wkb))


def _without(problem):
    return Trial(float("nan"), float("nan"), 0, float("nan"), problem=problem)


def _answer(sender, profile, *question):
    """Send what `timed` finds, or why it finds nothing."""
    os.environ["QGIS_CUSTOM_CONFIG_PATH"] = profile  # QGIS leaves the user's own as it is
    limit_memory()
    try:
        answer = (*timed(*question), "")
    except (ImportError, NotAvailableError):
        answer = [], [], 0.0, b"", "not available"
    except Exception:
        traceback.print_exc()
        answer = [], [], 0.0, b"", "failed"
    sender.send(answer)
    os._exit(0)  # QGIS without a window does not always end by itself


def timed(peer, lonlat, depth_m, folder, budget_s):
    """Seconds of every run by the clock and of the processor, extra megabytes of the first, and the zone as WKB."""
    few = np.unique(np.linspace(0, len(lonlat) - 1, WARM_UP_VERTICES).astype(int))
    peer.open(lonlat[few], depth_m, folder).run()  # what is loaded once is no part of the measurement
    job = peer.open(lonlat, depth_m, folder)
    forget_peak(job.pid)
    before = memory_mb(job.pid, "VmRSS")
    seconds, processor, peak = [], [], 0.0
    while len(seconds) < MOST_RUNS and sum(seconds) + min(seconds, default=0.0) <= budget_s:
        used, begin = processor_s(job.pid), time.perf_counter()
        zone = job.run()
        seconds.append(time.perf_counter() - begin)
        processor.append(processor_s(job.pid) - used)
        peak = peak or memory_mb(job.pid, "VmHWM")
    return seconds, processor, peak - before, shapely.to_wkb(zone)
