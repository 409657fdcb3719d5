"""Each number of the geometry card with what it means, in one line."""

from __future__ import annotations

from typing import NamedTuple

from embeddings.geometry.card import Geometry


class Fact(NamedTuple):
    """One line of the card.

    Attributes:
        name: in plain words.
        term: of the field.
        value: the number; not a number where it could not be worked out.
        meaning: how to read it.
        reference: author and year; empty for plain counts.
    """

    name: str
    term: str
    value: float
    meaning: str
    reference: str


def facts(card: Geometry) -> tuple[Fact, ...]:
    """The card line by line."""
    dimension = card.dimension
    return (
        Fact(
            "similarity of strangers", "anisotropy (mean cosine)", card.mean_cosine,
            "0: directions are spread evenly. Near 1: all vectors point one way, and a high cosine alone means little.",
            "Ethayarajh 2019",
        ),
        Fact(
            "crowding", "hubness (skewness of k-occurrence)", card.hubness.skewness,
            "About 0: all items are neighbours equally often. Above 1: a few hubs stand in very many lists.",
            "Radovanović, Nanopoulos & Ivanović 2010",
        ),
        Fact(
            "items nobody lists", "anti-hubs", len(card.hubness.anti_hubs),
            f"Items that are among the {card.hubness.k} nearest of no other item: search never finds them.",
            "Radovanović, Nanopoulos & Ivanović 2010",
        ),
        Fact(
            "dimensions filled, by two neighbours", "intrinsic dimension (TwoNN)",
            dimension.two_nn if dimension else float("nan"),
            f"How many of the {card.components} dimensions the items fill close by; an estimate that depends on scale.",
            "Facco, d'Errico, Rodriguez & Laio 2017",
        ),
        Fact(
            f"dimensions filled, by {dimension.k if dimension else 20} neighbours", "intrinsic dimension (MLE)",
            dimension.mle if dimension else float("nan"),
            "The same from farther neighbours; where the two differ much, neither is to be trusted to a digit.",
            "Levina & Bickel 2004; MacKay & Ghahramani 2005",
        ),
        Fact(
            "directions in use", "effective rank", card.spectrum.effective_rank,
            "How many directions the items use, if all were used alike; far below the dimension: room for compression.",
            "Roy & Vetterli 2007",
        ),
        Fact(
            "directions that matter", "participation ratio", card.spectrum.participation_ratio,
            "The same with strong directions weighing more: few means that a handful of directions dominates.",
            "Gao et al. 2017",
        ),
        Fact(
            "length of the vectors", "median norm", card.norms.median,
            "All of length 1: cosine, dot product and Euclidean distance give the same neighbours. "
            "Else dot product favours long vectors.",
            "",
        ),
        Fact("copies", "duplicate vectors", card.copies, "Items that the encoder cannot tell from an earlier one.", ""),
    )  # fmt: skip
