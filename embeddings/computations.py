"""What is computed of spaces: one row for each question, by name, with what the reader reads while waiting for it."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from embeddings.clusters import find_clustering
from embeddings.collection import Collection
from embeddings.jobs.cluster import ENCODE, LONG, QUICK, READ
from embeddings.outliers import find_outliers
from embeddings.projections import Layout, find_projection
from embeddings.space import Space
from embeddings.store.packing import pack
from embeddings.store.store import vector_identity

# How many neighbours a shared graph holds: the maps, clusters and scores of a collection get by with few graphs.
GRAPH_SIZES = (15, 30, 60, 120)
QUICK_ITEMS = 20_000
# What the answers depend on; tasks and results travel by Python's and distributed's own formats.
ANSWERING = ("distributed", "numpy", "scikit-learn", "umap-learn", "torch", "sentence-transformers", "lancedb")


class Need(NamedTuple):
    """An argument that is a computation itself.

    Attributes:
        name: in COMPUTATIONS.
        args, settings: what it is called with.
    """

    name: str
    args: tuple[Any, ...]
    settings: Mapping[str, Any]


class EncoderOf(NamedTuple):
    """An argument that stands for a loaded encoder; one that learns from a collection has learnt from this one."""

    collection: Collection
    encoder: str


@dataclass(frozen=True)
class Computation:
    """One row of the table.

    Attributes:
        factory: `"module:function"`, imported where it runs. Where the function takes `on_progress`, it is told how
            far it is, and may be stopped there.
        stage: what the reader waits for; settings, and the number of items as `n`, in braces.
        version: to be raised when answers change.
        place: which workers run it, or a function of its arguments that says so.
        urgency: what is more urgent overtakes what waits.
        needs: for an argument that is a computation itself, which one; None where it is not needed.
        each: the function answers for each of the values of this argument, and each answer is kept by itself.
        kept: whether the store keeps the answer; what belongs to one visitor, or is quicker found than stored, is not.
    """

    factory: str
    stage: str
    version: int = 1
    place: str | Callable[..., str] = LONG
    urgency: int = 0
    needs: Mapping[str, Callable[..., Need | None]] = field(default_factory=lambda: MappingProxyType({}))
    each: str = ""
    kept: bool = True

    @property
    def function(self) -> Callable[..., Any]:
        """The function itself, its module imported now."""
        module, name = self.factory.split(":")
        found: Callable[..., Any] = getattr(import_module(module), name)
        return found

    def place_of(self, args: tuple[Any, ...], settings: Mapping[str, Any]) -> str:
        """Which workers run a call."""
        return self.place if isinstance(self.place, str) else self.place(*args, **settings)

    def stage_of(self, args: tuple[Any, ...], settings: Mapping[str, Any]) -> str:
        """What the reader of a call waits for."""
        sizes = [len(each) if hasattr(each, "__len__") else 0 for each in (*args, (), ())]
        return self.stage.format(**{**settings, "n": sizes[0], "m": sizes[1]})


def graph_of(space: Space, *, k: int = 0, metric: str = "cosine") -> Need:
    """The shared graph of a space with at least k neighbours."""
    size = next((size for size in GRAPH_SIZES if size >= k), k)
    return Need("graph", (space,), {"k": size, "metric": metric})


def _graph_of_layout(space: Space, method: str, metric: str = "cosine", **settings: Any) -> Need | None:
    return _graph_of_spec(find_projection(method), space, metric, settings)


def _graph_of_outliers(space: Space, method: str, metric: str = "cosine", **settings: Any) -> Need | None:
    return _graph_of_spec(find_outliers(method), space, metric, settings)


def _graph_of_spec(spec: Any, space: Space, metric: str, settings: Mapping[str, Any]) -> Need | None:
    if not spec.neighbours:
        return None
    return graph_of(
        space, k=int(settings.get(spec.neighbours, spec.parameters[spec.neighbours].default)), metric=metric
    )


def _graph_of_clusters(space: Space, method: str, metric: str = "cosine", **settings: Any) -> Need | None:
    if method != "HDBSCAN" or len(space) < 2:
        return None
    return graph_of(space, k=int(settings.get("min_samples", 0)), metric=metric)


def _graph_of_labels(space: Space, labels: Any, *, k: int = 0, metric: str = "cosine") -> Need:
    return graph_of(space, k=k, metric=metric)


def _merges(of: Any, method: str, *, clusters: int = 0, **settings: Any) -> Need | None:
    """The tree that is cut; it is the same for every number of clusters."""
    if not clusters or not find_clustering(method).merges:
        return None
    return Need("map merges" if isinstance(of, Layout) else "merges", (of,), {"method": method, **settings})


def _quick_projection(of: Any, method: str, **settings: Any) -> str:
    return QUICK if find_projection(method).quick else LONG


def _quick_clustering(of: Any, method: str, **settings: Any) -> str:
    return QUICK if find_clustering(method).quick and len(of) <= QUICK_ITEMS else LONG


def _quick_texts(collection: Collection, column: str) -> str:
    return QUICK if len(collection) <= QUICK_ITEMS else LONG


COMPUTATIONS: dict[str, Computation] = {
    "graph": Computation("embeddings.graph:knn_graph", "Finding true neighbours"),
    "layout": Computation(
        "embeddings.projections:project",
        "Drawing the map with {method}",
        place=_quick_projection,
        needs={"graph": _graph_of_layout},
    ),
    # What a map can be filtered and coloured by.
    "graph measures": Computation(
        "embeddings.graph:graph_measures",
        "Measuring the neighbour graph",
        needs={"graph": lambda space, **_: graph_of(space)},
    ),
    "terms": Computation("embeddings.facets:terms_of", "Looking for words in {n:,} texts", place=_quick_texts),
    # How far a map can be trusted.
    "neighbours kept": Computation(
        "embeddings.trust:neighbours_kept",
        "Checking the map against true neighbours",
        needs={"graph": lambda space, **_: graph_of(space)},
    ),
    "trust": Computation("embeddings.trust:trust_of_maps", "Checking every point’s neighbours", each="layouts"),
    "shepard": Computation("embeddings.trust:shepard", "Comparing distances"),
    "neighbourhood hit": Computation("embeddings.trust:neighbourhood_hit", "Comparing labels of neighbours"),
    "seed spread": Computation("embeddings.trust:seed_spread", "Laying the maps over each other"),
    "island stability": Computation("embeddings.trust:island_stability", "Looking for islands"),
    # Clusters and how real they are.
    "clusters": Computation(
        "embeddings.clusters:cluster_scored",
        "Clustering {n:,} items by {method}",
        place=_quick_clustering,
        needs={"graph": _graph_of_clusters, "tree": _merges},
    ),
    "map clusters": Computation(
        "embeddings.clusters:cluster_map_scored",
        "Clustering {n:,} places on the map by {method}",
        place=_quick_clustering,
        needs={"tree": _merges},
    ),
    "merges": Computation("embeddings.clusters:merges", "Clustering {n:,} items by {method}"),
    "map merges": Computation("embeddings.clusters:map_merges", "Clustering {n:,} places on the map by {method}"),
    "cluster counts": Computation("embeddings.clusters.counts:how_many", "Clustering into 1 to {most} clusters"),
    "cluster stability": Computation("embeddings.clusters.stability:stability", "Clustering {draws} samples again"),
    "clusters of noise": Computation("embeddings.clusters.noise:against_noise", "Clustering {draws} sets of noise"),
    "clusters like these": Computation("embeddings.clusters:cluster_like", "Clustering the map"),
    "cluster words": Computation("embeddings.clusters.naming:nearest_words", "Looking for words that name them"),
    # What does not fit.
    "outliers": Computation(
        "embeddings.outliers:outliers", "Scoring the items by {method}", needs={"graph": _graph_of_outliers}
    ),
    "wrong labels": Computation(
        "embeddings.outliers.mislabelled:mislabelled",
        "Asking the neighbours for labels",
        needs={"graph": _graph_of_labels},
    ),
    "near-duplicates": Computation("embeddings.outliers.duplicates:near_duplicates", "Comparing all pairs"),
    # Encoders side by side.
    "comparison": Computation(
        "embeddings.compare:compare", "Comparing the neighbours of {n:,} items, and of 99 shuffles"
    ),
    "agreement": Computation("embeddings.compare:agreement_table", "Comparing each two of the encoders"),
    "rotation": Computation(
        "embeddings.compare.aligned:rotation", "Turning one space of {n:,} vectors to fit the other"
    ),
    "geometry": Computation(
        "embeddings.geometry:geometry",
        "Measuring the geometry",
        needs={"graph": lambda space: graph_of(space, k=30)},
    ),
    "random pairs": Computation("embeddings.neighbours:similarity_sample", "Comparing random pairs"),
    "pairs of rows": Computation("embeddings.joint:similarity_of_rows", "Comparing random pairs"),
    "labels": Computation("embeddings.compare.probe:read_labels", "Predicting labels from the vectors"),
    "speed": Computation("embeddings.embedding:speed", "Timing the encoder", place=ENCODE),
    "similarity": Computation("embeddings.compare:similarity_correlation", "Comparing with the scores of people"),
    "retrieval": Computation("embeddings.retrieval:retrieval_recall", "Looking for pictures by their captions"),
    "smaller": Computation(
        "embeddings.compression:compression_recall", "Making the vectors smaller, and looking for their neighbours"
    ),
    # Quicker made than stored.
    "compressed": Computation("embeddings.compression:compress", "Making the vectors smaller", kept=False),
    "changed": Computation("embeddings.perturb:encode_changed", "Encoding changed items: {name}", place=ENCODE),
    "movement": Computation("embeddings.perturb:movement", "Looking how far the changed items moved"),
    # Sums, directions and relations.
    "sum": Computation("embeddings.analogies.sums:best_answer", "Answering the sum", urgency=100),
    "analogies": Computation("embeddings.analogies.runs:run_all", "Answering {m:,} questions in every way"),
    "relations": Computation("embeddings.analogies.relations:compare_relations", "Comparing relations", urgency=100),
    "axis of lists": Computation("embeddings.axes:axis_from_lists", "Making the axis and its random rivals"),
    "axis of pairs": Computation("embeddings.axes:axis_from_pairs", "Making the axis and its random rivals"),
    "gap": Computation("embeddings.retrieval:gap_sweep", "Closing the gap step by step"),
    # Bias.
    "probe": Computation("embeddings.bias.probes:run_probe", "Measuring by {probe}"),
    "probes": Computation("embeddings.bias.probes:run_probes", "Measuring the sets"),
    "association": Computation("embeddings.bias.measured:measure", "Testing, and drawing random sets"),
    "label skew": Computation("embeddings.bias.label_skew:label_skew", "Counting which group gets which label"),
    "leaning": Computation("embeddings.bias.leaning:leaning", "Measuring the direction"),
    "debiasing": Computation("embeddings.bias.taking_out:take_out", "Taking it out and measuring again"),
    # What one visitor brings; it stays with the visitor.
    "vectors": Computation("embeddings.embedding:encode", "Encoding {m:,} of your inputs", 1, QUICK, 100, kept=False),
    "look-up": Computation("embeddings.embedding:look_up", "Encoding what you look up", 1, QUICK, 100, kept=False),
    "inspection": Computation("embeddings.embedding:inspect", "Looking at your text", 1, QUICK, 100, kept=False),
    "view": Computation("embeddings.embedding:view", "Looking at your picture", 1, QUICK, 100, kept=False),
    "tokens": Computation("embeddings.embedding:count_tokens", "Counting tokens", 1, QUICK, 100, kept=False),
    "understanding": Computation("embeddings.reading:guess", "Looking at the file", 1, READ, 100, kept=False),
    "reading": Computation("embeddings.reading:read", "Reading the file", 1, READ, 100, kept=False),
    "questions": Computation(
        "embeddings.analogies.questions:read_questions", "Reading the questions", 1, READ, 100, kept=False
    ),
    "scored pairs": Computation("embeddings.compare:read_scored_pairs", "Reading the pairs", 1, READ, 100, kept=False),
    "picture": Computation("embeddings.images:keep", "Reading your picture", 1, QUICK, 100, kept=False),
}


def what_answers_depend_on() -> dict[str, str]:
    """What must be equal wherever one server's tasks run: versions by name, and our own code as `vectorscope`."""
    code = hashlib.blake2b(digest_size=8)
    for path in sorted(Path(__file__).resolve().parent.rglob("*.py")):
        code.update(path.read_bytes())
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in ANSWERING},
        "vectorscope": code.hexdigest(),
    }


def key_of(name: str, /, *args: Any, **settings: Any) -> str:
    """What stands for a result: its computation with its version, and the content of all that it is given."""
    row = COMPUTATIONS[name]
    digest = hashlib.blake2b(digest_size=16)
    for part, array in sorted(pack((row.factory, row.version, args, sorted(settings.items())), _stands_for).items()):
        digest.update(f"{part}{array.dtype}{array.shape}".encode())
        digest.update(array.tobytes())
    return f"{name}|{digest.hexdigest()}"


def _stands_for(value: Any) -> str | None:
    """What is known by its content without being looked at again."""
    if isinstance(value, EncoderOf):
        return vector_identity(value.collection, value.encoder)
    known = getattr(value, "fingerprint", None)
    return f"{type(value).__name__} {known}" if isinstance(known, str) else None
