"""One table of Selon and its peers, on the same articles in the same run: `make peers`.

python -m evaluation.peers                         all peers on the marked development sets
python -m evaluation.peers --sets en-news-dev      on these sets
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from evaluation.gold import DEV_SETS
from evaluation.peers.table import PEERS, print_table
from evaluation.speed import one_core


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, and which extractors are not in it."""
    options = argparse.ArgumentParser(prog="python -m evaluation.peers", description="Selon and its peers.")
    options.add_argument("--sets", nargs="+", default=list(DEV_SETS), help="marked sets")
    one_core()
    print_table(PEERS, options.parse_args(arguments).sets)


if __name__ == "__main__":
    main()
