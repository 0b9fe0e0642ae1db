"""kill -9 at any moment, again and again: nothing lost, nothing doubled, nothing half-published.

    python tools/torture [--kills 1000] [--seed 1] [--side-by-side 2] [--folder DIR]

Workspaces with three units; right and wrong forms and repetitions are copied into their inboxes in four ways
while `workplan collect` and `workplan report` run as processes of their own and are killed: before the n-th
system call of a kind that changes a file, for every kind and every n in turn (with strace), and at random
moments. The processes that read foreign files are killed as well, at their own system calls and at random,
and so is the server that starts them. After each kill the published files must be whole and nothing may be
missing; at the end of a round, after runs that nobody disturbs, every form must have been kept, answered and
filed exactly once, with its figures, and none may ever have been called damaged.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from looking import CORRUPT, DOUBLED, HALF, LOST
from rounds import table, torture


def main() -> int:
    """Torture, tell."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--kills", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--side-by-side", type=int, default=2)
    asked.add_argument("--folder", type=Path)
    options = asked.parse_args()
    began = time.monotonic()
    folder = Path(tempfile.mkdtemp(prefix="torture-", dir=options.folder))
    tally, wrong = torture(folder, kills=options.kills, seed=options.seed, side_by_side=options.side_by_side)
    print("\n".join(table(tally)))
    outcome = {kind: wrong[kind] for kind in (LOST, DOUBLED, HALF, CORRUPT, "unexpected")}
    spent = {"minutes": round((time.monotonic() - began) / 60)}
    print(json.dumps({"kills": tally.kills, "runs": tally.runs, "forms": tally.forms} | outcome | spent))
    if not wrong:
        shutil.rmtree(folder)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
