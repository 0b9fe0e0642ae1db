"""`workplan` as a process that stops itself once, in the middle of its work: nobody has to hit the moment.

    python pausing_office.py PLACE ARGUMENTS...

PLACE is `at_work`, where it holds the workspace and has looked at the inbox, or `first_batch`, when that is kept,
answered and filed. Whoever waits for it sees it stopped, and sends SIGCONT.
"""

from __future__ import annotations

import os
import signal
import sys

from workplan_xlsx.cli import main
from workplan_xlsx.steps import taking_in

PLACES = {"at_work": "_see", "first_batch": "_finish"}


def stop_after(step: str) -> None:
    """The first time that the step is done."""
    does, again = getattr(taking_in, step), []

    def once(*given: object) -> object:
        done = does(*given)
        if not again:
            again.append(True)
            os.kill(os.getpid(), signal.SIGSTOP)
        return done

    setattr(taking_in, step, once)


if __name__ == "__main__":
    stop_after(PLACES[sys.argv[1]])
    main(sys.argv[2:])
