"""python -m benchmarks.memory FORMAT ROWS: export so many rows and print this process's peak
memory, in megabytes.

`benchmarks.exporting` runs it with the environment of its own database.
"""

import re
import resource
import sys
from pathlib import Path

import django


def peak() -> float:
    """Return the peak since this program began; `ru_maxrss` alone counts the parent's too,
    until the exec."""
    status = Path("/proc/self/status")
    if status.exists() and (
        found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
    ):
        return int(found[1]) / 1024
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def main(name: str, most: int) -> None:
    django.setup()
    from benchmarks.exporting import all_excerpts, write

    write(name, all_excerpts()[:most])
    print(f"{peak():.1f}")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
