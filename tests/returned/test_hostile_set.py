"""Attacks, damage and oddities made by a generator, and real files of public projects: one verdict each."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tarfile
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

sys.path.insert(0, str(ROOT / "tools"))
REAL_FILES_IN_THE_SHORT_FORM = 250

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no limits on a process from within")


def test_every_generated_file_gets_the_right_kind_of_verdict_and_the_right_values(shared, tmp_path):
    """Bombs, document types, lies, archives, damage, wrong types, awkward values: 81 files."""
    from hostile import wrong_generated

    make = [sys.executable, str(shared / "hostile" / "make_hostile.py"), str(tmp_path), "--no-fs"]
    subprocess.run(make, check=True, capture_output=True, timeout=300)
    wrong = [(name, expected, read.how, read.why) for name, expected, read in wrong_generated(tmp_path)]

    assert wrong == []


def test_real_files_are_read_and_hostile_ones_among_them_stopped(shared, tmp_path):
    """A sample in the tests, all 1,285 by `make hostile`: no gate or limit refuses an honest file."""
    from hostile import judged_corpus, refused_by_gate_or_limits

    with tarfile.open(shared / "hostile" / "corpus.tar.gz") as packed:
        names = sorted(packed.getnames())
        chosen = random.Random(5).sample(names, REAL_FILES_IN_THE_SHORT_FORM)
        packed.extractall(tmp_path, members=[packed.getmember(name) for name in chosen], filter="data")
    read, expected = judged_corpus(tmp_path, shared / "hostile" / "corpus.csv")
    honest = [name for name in read if expected[name] == "valid"]
    refused = [(name, read[name].why) for name in honest if refused_by_gate_or_limits(read[name])]
    became = Counter((expected[name], each.how) for name, each in read.items())

    assert len(read) == REAL_FILES_IN_THE_SHORT_FORM
    assert refused == []
    assert became["bomb", "read"] == became["encrypted", "read"] == became["xxe", "read"] == 0
