"""Encoders side by side: agreement in the original spaces, and how well each does where the truth is known."""

from embeddings.compare.aligned import SpaceAlignment, align_spaces
from embeddings.compare.choice import EncoderRow, encoder_row
from embeddings.compare.comparison import Agreement, BothNeighbours, Comparison, both_neighbours, compare
from embeddings.compare.labels import LabelAccuracy, label_accuracy
from embeddings.compare.paired import Paired, paired_correlations, paired_shares
from embeddings.compare.probe import Probe, linear_probe
from embeddings.compare.scored_pairs import PAIR_SETS, ScoredPair, ScoredPairs, load_scored_pairs, read_scored_pairs
from embeddings.compare.similarity import SimilarityCorrelation, similarity_correlation
from embeddings.compare.table import AgreementTable, agreement_table

__all__ = [
    "PAIR_SETS",
    "Agreement",
    "AgreementTable",
    "BothNeighbours",
    "Comparison",
    "EncoderRow",
    "LabelAccuracy",
    "Paired",
    "Probe",
    "ScoredPair",
    "ScoredPairs",
    "SimilarityCorrelation",
    "SpaceAlignment",
    "agreement_table",
    "align_spaces",
    "both_neighbours",
    "compare",
    "encoder_row",
    "label_accuracy",
    "linear_probe",
    "load_scored_pairs",
    "paired_correlations",
    "paired_shares",
    "read_scored_pairs",
    "similarity_correlation",
]
