"""How long `qualcode --help` takes, as a ratio to importing the libraries it is made with.

Prints the median ratio over pairs of runs; the aim is below 2.
"""

import statistics
import subprocess
import sys
import time

HELP = "import sys; sys.argv = ['qualcode', '--help']; from qualcode.cli import main; main()"
BASE = "import typer, rich"


def seconds(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def main() -> None:
    seconds(HELP), seconds(BASE)
    ratios = [seconds(HELP) / seconds(BASE) for _ in range(9)]
    print(f"qualcode --help / import typer, rich: {statistics.median(ratios):.2f} (aim: below 2)")


if __name__ == "__main__":
    main()
