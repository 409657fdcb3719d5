#!/usr/bin/env bash
# scikit-learn's Isolation Forest and LOF lose an outlier when the same data come in a smaller unit.
#
# Guess:     Isolation Forest cuts each column between its own smallest and largest value, and LOF divides distances by
#            distances, so multiplying all numbers by one factor changes no score.
# Seen:      a point eight deviations away is first by far at the scale 1. At the scale 1e-9 Isolation Forest gives every
#            item the same score, -0.5; at 1e-12 LOF gives it 1.12 in place of 9.45. No warning.
# Versions:  scikit-learn 1.9.1, numpy 2.4.6, float64, 2026-11-30.
# Matters:   probabilities, gradients and vectors of untrained or regularised models are that small; the scores then say that
#            nothing is odd.
# Instead:   scale by a power of two first, so that the largest number is near 1: no digit changes.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check scikit-learn==1.9.1 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
import numpy as np
import sklearn
from sklearn.ensemble import IsolationForest
from sklearn.neighbors import LocalOutlierFactor

vectors = np.random.default_rng(0).normal(size=(300, 4))
vectors[0] = 8


def scores(scale: float) -> tuple[np.ndarray, np.ndarray]:
    scaled = vectors * scale
    forest = IsolationForest(random_state=0).fit(scaled).score_samples(scaled)
    return forest, LocalOutlierFactor().fit(scaled).negative_outlier_factor_


print(f"scikit-learn {sklearn.__version__}: the outlier's score, and the lowest of the others")
found = {scale: scores(scale) for scale in (1.0, 1e-9, 1e-12)}
for scale, (forest, lof) in found.items():
    print(f"scale {scale:g}: forest {forest[0]:.3f} {forest[1:].min():.3f}; LOF {lof[0]:.2f} {lof[1:].min():.2f}")
assert found[1.0][0][0] < found[1.0][0][1:].min() - 0.2 and found[1.0][1][0] < -9, "the behaviour has changed"
assert np.ptp(found[1e-9][0]) < 1e-12, "the behaviour has changed"
assert -1.3 < found[1e-12][1][0], "the behaviour has changed"
PYTHON
