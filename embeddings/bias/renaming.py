"""Zero-shot skew before and after a debiasing: every item is named anew in the changed space."""

from __future__ import annotations

from collections.abc import Sequence

from embeddings.bias.debiased import BeforeAfter, Debiased
from embeddings.bias.label_skew import LabelSkew, label_skew
from embeddings.bias.lookup import Lookup
from embeddings.errors import EmbeddingError
from embeddings.given import NONE_GIVEN, VectorsOf
from embeddings.reading.wording import quoted
from embeddings.space import Space
from embeddings.units import unit64


def name_before_after(
    space: Space,
    debiased: Debiased,
    labels: Sequence[str],
    groups: Sequence[object],
    *,
    vectors_of: VectorsOf = NONE_GIVEN,
) -> BeforeAfter[LabelSkew]:
    """How differently groups are named, where each item gets the label of the highest cosine.

    Args:
        space: the original.
        debiased: made from it, with the same given vectors.
        labels: texts with a vector in the space or among the given ones.
        groups: one value for each item; None or empty where there is none.
        vectors_of: the original vectors of typed labels.

    Raises:
        EmbeddingError: a label has no vector, or there are fewer than 2 or more than 50 groups.
    """
    return BeforeAfter(
        _named(space, vectors_of, labels, groups), _named(debiased.space, debiased.vectors_of, labels, groups)
    )


def _named(space: Space, vectors_of: VectorsOf, labels: Sequence[str], groups: Sequence[object]) -> LabelSkew:
    lookup = Lookup(space, vectors_of)
    unknown = [label for label in labels if not lookup.knows(label)]
    if unknown:
        raise EmbeddingError(f"Items cannot be named {quoted(unknown)}: there is no vector for it here.")
    cosines = unit64(space.vectors) @ lookup.units(labels).T
    return label_skew(cosines.argmax(axis=1), groups, labels)
