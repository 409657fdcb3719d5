"""The jobs of the Compare page: each gives a result that is computed once and stored."""

from __future__ import annotations

from collections.abc import Sequence

from components import caching
from components.spaces import Request
from embeddings.compare import AgreementTable, Comparison, ScoredPairs, SimilarityCorrelation
from embeddings.compression import Compressed, Setting, Smaller, compress
from embeddings.geometry import Geometry
from embeddings.jobs import comparing, moving
from embeddings.jobs.compare_tasks import Labels, Turned
from embeddings.jobs.job import Job
from embeddings.jobs.moving import Moved
from embeddings.space import Space


def comparison_request(one: Space, other: Space, k: int, metric: str) -> Request[Comparison]:
    """How far two encoders agree."""
    return comparing.comparison_key(one, other, k, metric), lambda job: comparing.comparison_stored(
        caching.store(), one, other, job, k=k, metric=metric
    )


def table_request(spaces: Sequence[Space], k: int, metric: str) -> Request[AgreementTable]:
    """How far each two of several encoders agree."""
    return comparing.table_key(spaces, k, metric), lambda job: comparing.table_stored(
        caching.store(), spaces, job, k=k, metric=metric
    )


def turned_request(one: Space, other: Space) -> Request[Turned]:
    """Whether one space is the other, turned."""
    return f"turned|{one.fingerprint}|{other.fingerprint}", lambda job: comparing.turned_stored(
        caching.store(), one, other, job
    )


def geometry_request(space: Space) -> Request[Geometry]:
    """The geometry card of a space."""
    return f"geometry|{space.fingerprint}", lambda job: comparing.geometry_stored(caching.store(), space, job)


def labels_request(space: Space, column: str) -> Request[Labels]:
    """How well the values of a column can be read off a space."""
    key = f"labels|{space.collection.fingerprint}|{space.fingerprint}|{column}"
    return key, lambda job: comparing.labels_stored(caching.store(), space, column, job)


def speed_request(space: Space) -> Request[float]:
    """Items that an encoder takes a second."""
    return f"speed|{space.fingerprint}", lambda job: comparing.speed_stored(caching.store(), space, job)


def similarity_request(space: Space, pairs: ScoredPairs) -> Request[SimilarityCorrelation]:
    """How an encoder follows the scores of people."""
    key = f"pairs|{space.fingerprint}|{comparing.pairs_key(pairs)}"
    return key, lambda job: comparing.similarity_stored(caching.store(), space, pairs, job)


def recall_request(space: Space, k: int, settings: tuple[Setting, ...] | None = None) -> Request[tuple[Smaller, ...]]:
    """What smaller vectors of a space cost."""
    return comparing.recall_key(space, k, settings), lambda job: comparing.recall_stored(
        caching.store(), space, job, k=k, settings=settings
    )


def compressed_request(space: Space, setting: Setting) -> Request[Compressed]:
    """The smaller vectors themselves."""

    def work(job: Job) -> Compressed:
        job.enter("Making the vectors smaller")
        return compress(space, setting)

    return f"compressed|{space.fingerprint}|{setting.method}|{setting.amount}", work


def movements_request(spaces: Sequence[Space], names: Sequence[str], k: int) -> Request[list[Moved]]:
    """How far items move under each change by each encoder, change by change; see `known_movement` for each."""
    key = "|".join(["moved", *(space.fingerprint for space in spaces), *names, str(k)])

    def keep(space: Space, name: str, moved: Moved) -> None:
        caching.outcomes().put(_movement_key(space, name, k), moved)

    return key, lambda job: moving.movements_stored(caching.store(), spaces, names, job, k=k, on_part=keep)


def known_movement(space: Space, name: str, k: int) -> Moved | None:
    """How far items move under one change, where it is there already."""
    found: Moved | None = caching.outcomes().get(_movement_key(space, name, k))
    return found


def _movement_key(space: Space, name: str, k: int) -> str:
    return f"moved one|{space.fingerprint}|{name}|{k}"
