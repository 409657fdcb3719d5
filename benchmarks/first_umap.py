"""The first UMAP of a process: our shared exact graph against umap-learn's own approximate search."""

from __future__ import annotations

import time
from pathlib import Path
from statistics import fmean

import numpy as np

from benchmarks.data import word_vectors
from benchmarks.figure import Measured
from benchmarks.running import fresh

SAMPLE = 6_000
ENOUGH_MEMORY = 8 << 30
K = 15


def run(folder: Path) -> tuple[Measured, ...]:
    """Seconds of each side in a process of its own, imports counted, and how far both maps can be trusted."""
    vectors = word_vectors(folder)
    ours, baseline = folder / "umap-ours.npy", folder / "umap-baseline.npy"
    cold = [float(fresh("benchmarks.first_umap:ours", vectors, ours))]
    other = float(fresh("benchmarks.first_umap:plain", vectors, baseline))
    warm = float(fresh("benchmarks.first_umap:ours_warm", vectors))
    cold.append(float(fresh("benchmarks.first_umap:ours", vectors, ours)))
    trust, expected, points = fresh("benchmarks.first_umap:trustworthiness", vectors, ours, baseline)
    return (
        Measured(fmean(cold), other, "mean of 2, before and after 1 of the baseline"),
        Measured(warm, other, "1"),
        Measured(trust, expected, f"1, {points:,} points"),
    )


def ours(vectors: str, out: str) -> float:
    """Seconds of `project` in this process; the map goes to a file."""
    values = np.load(vectors)
    began = time.perf_counter()
    from embeddings.projections import project
    from embeddings.space import Space

    space = Space.from_vectors(map(str, range(len(values))), values, name="words")
    layout = project(space, "UMAP")
    took = time.perf_counter() - began
    np.save(out, layout.coordinates)
    return took


def ours_warm(vectors: str) -> float:
    """Seconds of `project` after what the application's workers do at their start."""
    from embeddings.projections import project, warm_up_umap
    from embeddings.space import Space

    values = np.load(vectors)
    warm_up_umap()
    began = time.perf_counter()
    project(Space.from_vectors(map(str, range(len(values))), values, name="words"), "UMAP")
    return time.perf_counter() - began


def plain(vectors: str, out: str) -> float:
    """Seconds of umap-learn with nothing but the metric chosen; the map goes to a file."""
    values = np.load(vectors)
    began = time.perf_counter()
    from umap import UMAP

    coordinates = UMAP(metric="cosine").fit_transform(values)
    took = time.perf_counter() - began
    np.save(out, coordinates)
    return took


def trustworthiness(vectors: str, ours: str, baseline: str) -> tuple[float, float, int]:
    """Trustworthiness of both maps by scikit-learn, and of how many points: it needs memory for all pairs."""
    from psutil import virtual_memory  # type: ignore[import-untyped]
    from sklearn.manifold import trustworthiness as measure

    values = np.load(vectors)
    count = len(values) if virtual_memory().available > ENOUGH_MEMORY else SAMPLE
    rows = np.random.default_rng(0).choice(len(values), count, replace=False)

    def of(coordinates: str) -> float:
        return float(measure(values[rows], np.load(coordinates)[rows], n_neighbors=K, metric="cosine"))

    return of(ours), of(baseline), count
