#!/usr/bin/env bash
# Dynamic time warping of the same two series: aeon gives the square of what tslearn and dtaidistance give, and a window of
# one step lets a series shift by one step in tslearn and aeon, by none in dtaidistance.
#
# Guess:     DTW is one number. All three take local costs to be squared differences, so they agree, and a window (radius)
#            of 1 allows a shift of one step in each.
# Seen:      aeon leaves out the final square root; dtaidistance counts the diagonal as a step of its window, so window=1
#            is the Euclidean distance, and window=2 is the radius of 1 of the others.
# Versions:  tslearn 0.10.0, aeon 1.6.0, dtaidistance 2.5.1, 2026-12-01.
# Matters:   thresholds and radii that are carried over from one library to another; kernels exp(−d / 2σ²) made of d.
# Instead:   sqrt(aeon's distance); dtaidistance's window = radius + 1; aeon's window is a share of the length.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check tslearn==0.10.0 aeon==1.6.0 dtaidistance==2.5.1
"$work/venv/bin/python" -W ignore - <<'PYTHON'
import numpy as np
from aeon.distances import dtw_distance
from dtaidistance import dtw as dtai
from tslearn.metrics import dtw as tslearn

one = np.array([0, 1, 2, 3, 2, 1, 0, 0], float)
other = np.array([0, 0, 1, 2, 3, 2, 1, 0.5], float)
free = tslearn(one, other), dtai.distance(one, other), dtw_distance(one, other)
print("no window: tslearn {:.3f}, dtaidistance {:.3f}, aeon {:.3f}".format(*free))

peak, later = np.eye(6)[2] * 5, np.eye(6)[3] * 5
for radius in (1, 2):
    shifted = (
        tslearn(peak, later, global_constraint="sakoe_chiba", sakoe_chiba_radius=radius),
        dtai.distance(peak, later, window=radius),
        dtw_distance(peak, later, window=radius / 6),
    )
    print(f"a peak one step later, window {radius}: tslearn {{:.3f}}, dtaidistance {{:.3f}}, aeon {{:.3f}}".format(*shifted))
    assert np.allclose(shifted, (0, 5 * 2**0.5 if radius == 1 else 0, 0)), "the behaviour has changed"
assert np.allclose(free, (0.5**0.5, 0.5**0.5, 0.5)), "the behaviour has changed"
PYTHON
