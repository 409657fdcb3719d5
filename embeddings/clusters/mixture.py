"""Gaussian mixture: overlapping clouds of one shape, with a probability for each item (Dempster et al. 1977)."""

from __future__ import annotations

import warnings

import numpy as np
from sklearn.decomposition import PCA
from sklearn.exceptions import ConvergenceWarning
from sklearn.mixture import GaussianMixture
from sklearn.utils import check_random_state

from embeddings.clusters.base import Found, Points, Progress

ROUNDS = 200


def mixture(
    points: Points, seed: int, on_progress: Progress | None, *, clusters: int, dimensions: int, restarts: int
) -> Found:
    """Clouds that share one covariance, fitted on the first principal components.

    One covariance, and few components, because a cloud of its own shape in hundreds of dimensions has more numbers
    than a collection has items. Of several starts the likeliest counts.
    """
    vectors = points.vectors.astype(np.float64)
    kept = min(dimensions, len(vectors) - 1, vectors.shape[1])
    places = PCA(kept, svd_solver="full" if min(vectors.shape) <= 1000 else "randomized", random_state=seed)
    shadow = places.fit_transform(vectors)
    shadow /= shadow.std()
    random = check_random_state(seed)
    best = None
    for start in range(restarts):
        model = _fitted(shadow, clusters, random)
        if best is None or model.lower_bound_ > best.lower_bound_:
            best = model
        if on_progress:
            on_progress(start + 1, restarts)
    assert best is not None
    shares = best.predict_proba(shadow)
    notes = [
        f"Fitted on the first {kept} principal components, which hold "
        f"{places.explained_variance_ratio_.sum():.0%} of the variance."
    ]
    if not best.converged_:
        notes.append(f"The mixture had not settled after {ROUNDS} rounds.")
    return Found(shares.argmax(axis=1), shares.max(axis=1).astype(np.float32), notes=tuple(notes))


def _fitted(shadow: np.ndarray, clusters: int, random: object) -> GaussianMixture:
    model = GaussianMixture(clusters, covariance_type="tied", max_iter=ROUNDS, random_state=random)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        return model.fit(shadow)
