"""One row for each encoder: what to choose it by, and who is best at what on the same items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isnan
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from embeddings.compare.labels import LabelAccuracy
from embeddings.compare.paired import Paired, paired_correlations, paired_shares
from embeddings.compare.probe import Probe
from embeddings.compare.similarity import SimilarityCorrelation
from embeddings.encoders.table import find_spec
from embeddings.intervals import Interval
from embeddings.multiple_tests import holm
from embeddings.retrieval import Retrieval
from embeddings.space import GIVEN, Space

FLOAT32 = 4
ALPHA = 0.05
RANKS = "agrees with people (ρ)"


@dataclass(frozen=True)
class EncoderRow:
    """What a reader chooses an encoder by; None where it was not measured.

    Attributes:
        encoder: its registry name.
        dimension: components of a vector.
        bytes_per_item: of a float32 vector.
        licence: of the weights, as the table of encoders has it; empty where it is not known.
        megabytes: size of the weights; 0 without any, None where it is not known.
        items_per_second: measured when the collection was encoded, on this machine.
        labels: share of items whose nearest neighbours have their label.
        probe: what a linear classifier reads off.
        retrieval: recall across pictures and texts.
        similarity: rank correlation with people.
    """

    encoder: str
    dimension: int
    bytes_per_item: int
    licence: str
    megabytes: int | None
    items_per_second: float | None = None
    labels: LabelAccuracy | None = None
    probe: Probe | None = None
    retrieval: Retrieval | None = None
    similarity: SimilarityCorrelation | None = None


def encoder_row(space: Space) -> EncoderRow:
    """What is known of a space's encoder without measuring; add the rest with `dataclasses.replace`.

    Raises:
        EncoderUnavailable: there is no such encoder.
    """
    d = space.dimension
    if space.encoder == GIVEN:
        return EncoderRow(GIVEN, d, FLOAT32 * d, "", None)
    spec = find_spec(space.encoder)
    known = bool(spec.licence)
    return EncoderRow(space.encoder, d, FLOAT32 * d, spec.licence, spec.megabytes if known else None)


class Quality(NamedTuple):
    """One thing that encoders can be good at.

    Attributes:
        column: its name in the table.
        term: as the field calls it.
        says: what a value means, as a clause about the encoder with a place for the number.
        of: the value of a row; None where it was not measured.
        right: which of the questions a row answers rightly, where the value is their share.
    """

    column: str
    term: str
    says: str
    of: Callable[[EncoderRow], Interval | None]
    right: Callable[[EncoderRow], NDArray[np.bool_] | None] = lambda row: None

    def paired(self, one: EncoderRow, other: EncoderRow) -> Paired:
        """Two rows in which it was measured, on the same questions."""
        mine, theirs = self.right(one), self.right(other)
        if mine is not None and theirs is not None:
            return paired_shares(mine, theirs)
        assert one.similarity is not None
        assert other.similarity is not None
        return Paired(None, None, paired_correlations(one.similarity, other.similarity))


QUALITIES = (
    Quality(
        "neighbours name the label",
        "k-NN label accuracy",
        "its neighbours name the label of {} of the items",
        lambda row: row.labels.accuracy if row.labels else None,
        lambda row: row.labels.right if row.labels else None,
    ),
    Quality(
        "nearest has the label",
        "retrieval accuracy at 1",
        "the nearest neighbour has the label of the item for {}",
        lambda row: row.labels.first if row.labels else None,
        lambda row: row.labels.first_right if row.labels else None,
    ),
    Quality(
        "linear probe",
        "cross-validated logistic regression",
        "a straight cut through its vectors names the label of {} of the items",
        lambda row: row.probe.accuracy if row.probe else None,
        lambda row: row.probe.right if row.probe else None,
    ),
    Quality(
        "text finds its picture",
        "recall at 1",
        "{} of the captions find their picture first",
        lambda row: row.retrieval.text_to_image.shares[0] if row.retrieval else None,
        lambda row: row.retrieval.text_to_image.before == 0 if row.retrieval else None,
    ),
    Quality(
        RANKS,
        "STS: Spearman’s rank correlation",
        "its cosines follow the scores of people with a rank correlation of {}",
        lambda row: (
            Interval(row.similarity.spearman, row.similarity.low, row.similarity.high) if row.similarity else None
        ),
    ),
)


class Standing(NamedTuple):
    """How encoders stand in one quality.

    Attributes:
        quality: what they are good at.
        values: those of the rows in which it was measured, by place; at least one.
        best: the place of the highest; of equal ones the first.
        beside: the best row and each other one on the same questions, by the place of the other; p-values are Holm's.
    """

    quality: Quality
    values: Mapping[int, Interval]
    best: int
    beside: Mapping[int, Paired]

    @property
    def leaders(self) -> set[int]:
        """The best one, and all that are not worse beyond what chance explains; those that cannot be tested may be."""
        return {self.best} | {place for place, paired in self.beside.items() if not paired.p_value < ALPHA}


def standings(rows: Sequence[EncoderRow]) -> list[Standing]:
    """How the rows stand in each quality that was measured in any."""
    found = []
    for quality in QUALITIES:
        each = {place: quality.of(row) for place, row in enumerate(rows)}
        values = {place: value for place, value in each.items() if value is not None and not isnan(value.share)}
        if values:
            best = max(values, key=lambda place: values[place].share)
            others = {place: quality.paired(rows[best], rows[place]) for place in values if place != best}
            found.append(Standing(quality, values, best, _corrected(others)))
    return found


def _corrected(found: Mapping[int, Paired]) -> dict[int, Paired]:
    tested = [place for place, paired in found.items() if not isnan(paired.p_value)]
    adjusted = holm([found[place].p_value for place in tested]).tolist()
    return {**found, **{place: found[place]._replace(p_value=p) for place, p in zip(tested, adjusted, strict=True)}}
