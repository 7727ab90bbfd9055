"""What the system tells of a process's memory, and how much it may have."""

from __future__ import annotations

import contextlib
import ctypes
import resource
import time
from pathlib import Path

MOST_BYTES = 6 * 2**30  # of address space: who wants more fails alone, not the machine


def limit_memory():
    """Keep this process, and those that it starts, from taking more than `MOST_BYTES`."""
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    most = MOST_BYTES if hard == resource.RLIM_INFINITY else min(MOST_BYTES, hard)
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def forget_peak(pid):
    """Let the system count the highest memory of a process from now on; else it counts from the process's beginning."""
    with contextlib.suppress(OSError):
        Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def give_back_memory():
    """Return this process's free memory to the system, so that what is used from now on shows."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def memory_mb(pid, which):
    """Megabytes of a process, ``VmRSS`` now or ``VmHWM`` at most; NaN where the system does not say."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return float("nan")
    line = next(row for row in status.read_text(encoding="ascii").splitlines() if row.startswith(which))
    return int(line.split()[1]) / 1024


def processor_s(pid):
    """Seconds that a process, all its threads, has had of the processors so far."""
    return time.clock_gettime((~pid << 3) | 2)  # Linux's number of another process's clock
