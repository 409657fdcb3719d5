#!/usr/bin/env bash
# Retrieval measures are worked out on scores rounded to single precision: near-equal ones become ties, and the
# order of ties is that of the documents' names.
#
# Guess:     a run holds Python floats; the document with the larger score is ranked first.
# Seen:      scores are stored as 32-bit floats. Two that differ by 1e-9 are equal then, and of equal ones the name that
#            is later in the alphabet is ranked first. Renaming the documents takes reciprocal rank from 1 to .5.
# Versions:  ir-measures 0.4.3 with pytrec-eval-terrier 0.5.11, 2026-11-30.
# Matters:   encoders with narrow cones give cosines between .9999 and 1, and sums of many scores (fusion, late
#            interaction) are large numbers with small differences. Both lose their order here, without a word.
# Instead:   hand over ranks instead of scores (n, n - 1, ..., 1), after ties were settled by a rule of your own; or
#            subtract the largest score and scale before scoring.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check ir-measures==0.4.3 pytrec-eval-terrier==0.5.11 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import ir_measures
from ir_measures import RR


def reciprocal_rank(right: str, wrong: str, better: float, worse: float) -> float:
    assert better > worse
    return ir_measures.calc_aggregate([RR], {"q": {right: 1}}, {"q": {right: better, wrong: worse}})[RR]


print(f"ir-measures {version('ir-measures')}, pytrec-eval-terrier {version('pytrec-eval-terrier')}")
found = {}
for better, worse in ((0.99, 0.98), (0.999999991, 0.99999999), (20_000_001.0, 20_000_000.0)):
    found[better] = reciprocal_rank("a", "b", better, worse), reciprocal_rank("b", "a", better, worse)
    print(f"right {better!r}, wrong {worse!r}: RR {found[better][0]} if the right one is 'a', {found[better][1]} if it is 'b'")
assert found == {0.99: (1.0, 1.0), 0.999999991: (0.5, 1.0), 20_000_001.0: (0.5, 1.0)}, "the behaviour has changed"
PYTHON
