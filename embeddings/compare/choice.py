"""One row for each encoder: what to choose it by."""

from __future__ import annotations

from dataclasses import dataclass

from embeddings.compare.labels import LabelAccuracy
from embeddings.compare.probe import Probe
from embeddings.compare.similarity import SimilarityCorrelation
from embeddings.encoders.table import find_spec
from embeddings.retrieval import Retrieval
from embeddings.space import GIVEN, Space

FLOAT32 = 4


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
