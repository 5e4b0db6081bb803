"""Change the code in small ways, one at a time, and count the changes that a test notices.

    python -m tests.support.mutants                            # a sample of each module
    python -m tests.support.mutants annotations/core/figures   # of one package or module
    python -m tests.support.mutants --all annotations/journal  # every mutant of a package

A changed function is a mutant; mutmut makes them in the folder mutants/ and runs those tests
that call the function. A mutant is caught when a test fails or does not end. docs/testing.md
says what was measured.
"""

import argparse
import os
import random
import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mutmut.__main__ import create_file_mutants
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

PACKAGES = ("annotations/core", "annotations/journal")
# Mutants of a module that are tried without --all.
SAMPLE = 20
SEED = 2026
# mutmut's words for mutants that no test noticed; with any other a test failed or hung.
MISSED = {"survived", "no tests", "not checked"}
WORK_FOLDER = Path("mutants")


@dataclass
class Tally:
    """What became of the mutants of one package."""

    made: int = 0
    tried: int = 0
    caught: int = 0
    survivors: list[tuple[Path, str]] = field(default_factory=list)


def modules_within(places: list[str]) -> list[Path]:
    """Return the modules of packages, or modules that are named with or without `.py`."""
    modules: set[Path] = set()
    for place in places:
        path = Path(place)
        module = path.with_suffix(".py")
        if path.is_dir():
            modules.update(path.rglob("*.py"))
        elif module.is_file():
            modules.add(module)
        else:
            sys.exit(f"There is no package and no module {place}.")
    for module in modules:
        if not any(module.is_relative_to(package) for package in PACKAGES):
            sys.exit(f"Mutants are made of {' and '.join(PACKAGES)}, not of {module}.")
    return sorted(modules)


def make_mutants(module: Path) -> list[str]:
    """Let mutmut write the mutants of a module, which takes seconds; return their names."""
    result = create_file_mutants(module)
    if result.error:
        raise result.error
    written = SourceFileMutationData(path=module)
    written.load()
    return list(written.exit_code_by_key)


def sample_of(module: Path, mutants: list[str]) -> list[str]:
    """Draw a few mutants, the same ones until the module changes."""
    if len(mutants) <= SAMPLE:
        return mutants
    return random.Random(f"{SEED} {module}").sample(mutants, SAMPLE)


def run_mutmut(mutants: list[str]) -> None:
    """Try the named mutants, one at a time."""
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    environment = {**os.environ, "HYPOTHESIS_PROFILE": "mutants"}
    command = [mutmut, "run", "--max-children", "1", *mutants]
    if subprocess.run(command, env=environment).returncode:
        sys.exit("mutmut could not try the mutants; it says above why.")


def outcomes_of(module: Path, mutants: list[str]) -> Iterator[tuple[str, str]]:
    """Yield each mutant with mutmut's word for what became of it."""
    results = SourceFileMutationData(path=module)
    results.load()
    for mutant in mutants:
        yield mutant, status_by_exit_code[results.exit_code_by_key[mutant]]


def count_outcomes(
    made: dict[Path, list[str]], tried: dict[Path, list[str]]
) -> dict[str, Tally]:
    """Return package -> what became of its mutants."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    for module, mutants in tried.items():
        tally = tallies[str(module.parent)]
        tally.made += len(made[module])
        tally.tried += len(mutants)
        for mutant, status in outcomes_of(module, mutants):
            if status in MISSED:
                tally.survivors.append((module, mutant))
            else:
                tally.caught += 1
    return tallies


def print_survivors(tallies: dict[str, Tally]) -> None:
    """Print the changed lines of each mutant that no test notices."""
    for tally in tallies.values():
        for module, mutant in tally.survivors:
            print(f"\n{mutant}")
            for line in get_diff_for_mutant(mutant, path=module).splitlines():
                changed = line.startswith(("-", "+"))
                if changed and not line.startswith(("---", "+++")):
                    print(f"    {line}")


def print_shares(tallies: dict[str, Tally]) -> None:
    """Print the table of docs/testing.md."""
    print("\n| package | mutants | tried | caught | share caught |")
    print("|---|---|---|---|---|")
    for package, tally in tallies.items():
        share = tally.caught / tally.tried
        counts = f"{tally.made} | {tally.tried} | {tally.caught}"
        print(f"| `{package}/` | {counts} | {share:.0%} |")


def main() -> None:
    parser = argparse.ArgumentParser(
        description="Count the mutants that a test notices."
    )
    parser.add_argument("places", nargs="*", default=PACKAGES)
    parser.add_argument("--all", action="store_true", help="try every mutant")
    options = parser.parse_args()

    made: dict[Path, list[str]] = {}
    tried: dict[Path, list[str]] = {}
    # What an earlier run left may be out of date.
    shutil.rmtree(WORK_FOLDER, ignore_errors=True)
    for module in modules_within(options.places):
        mutants = make_mutants(module)
        if mutants:
            made[module] = mutants
            tried[module] = mutants if options.all else sample_of(module, mutants)

    run_mutmut([mutant for mutants in tried.values() for mutant in mutants])
    tallies = count_outcomes(made, tried)
    print_survivors(tallies)
    print_shares(tallies)


if __name__ == "__main__":
    main()
