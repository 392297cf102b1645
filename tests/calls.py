"""How many functions of this project an act calls, which no machine's speed changes."""

import sys

from tests.processes import ROOT


def calls_of(act):
    """Return how many functions of this project an act calls."""
    ours = str(ROOT)
    count = 0

    def note(frame, event, _argument):
        nonlocal count
        name = frame.f_code.co_filename
        if event == "call" and name.startswith(ours) and ".venv" not in name:
            count += 1

    sys.setprofile(note)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count
