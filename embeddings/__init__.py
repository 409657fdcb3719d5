"""Vectorscope's core: from texts to vectors, neighbours and maps, without a browser.

from embeddings import Collection, embed, nearest
space = embed(Collection.from_texts(["king", "queen", "carrot"], name="three words"), "MiniLM")
nearest(space, "king", k=1)
"""

from embeddings.alignment import Alignment, align
from embeddings.analogies.accuracy import AnalogyReport, analogy_accuracy
from embeddings.analogies.expression import Expression
from embeddings.analogies.methods import METHODS
from embeddings.analogies.offsets import Offsets, offsets
from embeddings.analogies.parallelogram import Parallelogram, parallelogram
from embeddings.analogies.parsing import parse
from embeddings.analogies.questions import Question, Questions, google_questions, read_questions
from embeddings.analogies.solving import ExpectedRank, baselines, expected_rank, solve
from embeddings.analogies.vocabulary import Matching
from embeddings.axes import Axis, axis_from_lists, axis_from_pairs, separation
from embeddings.bias.association import AssociationTest, weat
from embeddings.bias.before_after import before_after
from embeddings.bias.checking import check_sets
from embeddings.bias.debiased import BeforeAfter, Debiased
from embeddings.bias.direction import BiasDirection, DirectBias, bias_direction, direct_bias
from embeddings.bias.effect import Bounds
from embeddings.bias.hard_debias import hard_debias
from embeddings.bias.probe import ProbeSpec
from embeddings.bias.probes import PROBES, load_probe
from embeddings.bias.ready import ReadyTest, ready_tests
from embeddings.bias.several import Battery, weat_battery
from embeddings.bias.word_sets import SetsCheck
from embeddings.clusters import CLUSTERINGS, Clustering, ClusteringSpec, cluster, cluster_map
from embeddings.clusters.agreement import Agreement, Overlap, agreement, overlap
from embeddings.clusters.counts import CountScores, how_many
from embeddings.clusters.members import Typical, centres, typical
from embeddings.clusters.naming import ClusterLabel, label_clusters, nearest_words
from embeddings.clusters.noise import NoiseComparison, against_noise
from embeddings.clusters.scores import ClusterScores, cluster_scores
from embeddings.clusters.shapes import Peaks, contours, hulls, peaks
from embeddings.clusters.stability import Stability, stability
from embeddings.clusters.terms import Term, cluster_terms
from embeddings.clusters.trees import Branches, Dendrogram, branches, cut, dendrogram
from embeddings.collection import Collection
from embeddings.compare import (
    PAIR_SETS,
    AgreementTable,
    Comparison,
    EncoderRow,
    LabelAccuracy,
    Probe,
    ScoredPairs,
    SimilarityCorrelation,
    SpaceAlignment,
    agreement_table,
    align_spaces,
    both_neighbours,
    compare,
    encoder_row,
    label_accuracy,
    linear_probe,
    load_scored_pairs,
    paired_correlations,
    paired_shares,
    read_scored_pairs,
    similarity_correlation,
)
from embeddings.compression import COMPRESSIONS, Setting, Smaller, compress, compression_recall, lost_neighbours
from embeddings.embedding import embed
from embeddings.encoders import ENCODERS, load_encoder
from embeddings.encoders.base import Encoder, EncoderSpec, FittedEncoder, ImageEncoder, JointEncoder
from embeddings.encoders.inspection import Inspection, View
from embeddings.errors import (
    Cancelled,
    EmbeddingError,
    EncoderUnavailable,
    ExpressionError,
    NotStored,
    ReadError,
    UnknownItem,
    WorkersLost,
)
from embeddings.gap import ModalityGap, close_gap, modality_gap
from embeddings.geometry import Geometry, facts, geometry
from embeddings.graph import KnnGraph, knn_graph
from embeddings.intervals import Interval
from embeddings.joint import combine, join, join_spaces, pairs_by
from embeddings.metrics import METRICS, Metric
from embeddings.multiple_tests import holm
from embeddings.neighbours import Neighbours, nearest, similarity_sample
from embeddings.outliers import OUTLIERS, OutlierSpec, outliers
from embeddings.outliers.duplicates import Duplicates, near_duplicates
from embeddings.outliers.mislabelled import Mislabelled, mislabelled
from embeddings.outliers.ranking import Outlier, ranked
from embeddings.perturb import PERTURBATIONS, Movement, movement, movement_summary, perturb
from embeddings.projections import PROJECTIONS, Layout, ProjectionSpec, project
from embeddings.projections.placing import Placement, place
from embeddings.reading import read, read_pasted
from embeddings.retrieval import GapSweep, Recall, Retrieval, gap_sweep, retrieval_recall
from embeddings.samples import SAMPLES, load_sample
from embeddings.space import Space, centred
from embeddings.trust import (
    IslandStability,
    NeighbourhoodHit,
    PointTrust,
    SeedSpread,
    Shepard,
    Trust,
    island_stability,
    neighbourhood_hit,
    point_trust,
    seed_spread,
    shepard,
    sweep,
    sweep_cell,
    sweep_graph,
    sweep_plan,
    trust,
    trust_of_maps,
    trust_sentence,
)
from embeddings.zero_shot import ZeroShot, ZeroShotReport, label_prompts, label_vectors, zero_shot, zero_shot_report

__all__ = [
    "CLUSTERINGS",
    "COMPRESSIONS",
    "ENCODERS",
    "METHODS",
    "METRICS",
    "OUTLIERS",
    "PAIR_SETS",
    "PERTURBATIONS",
    "PROBES",
    "PROJECTIONS",
    "SAMPLES",
    "Agreement",
    "AgreementTable",
    "Alignment",
    "AnalogyReport",
    "AssociationTest",
    "Axis",
    "Battery",
    "BeforeAfter",
    "BiasDirection",
    "Bounds",
    "Branches",
    "Cancelled",
    "ClusterLabel",
    "ClusterScores",
    "Clustering",
    "ClusteringSpec",
    "Collection",
    "Comparison",
    "CountScores",
    "Debiased",
    "Dendrogram",
    "DirectBias",
    "Duplicates",
    "EmbeddingError",
    "Encoder",
    "EncoderRow",
    "EncoderSpec",
    "EncoderUnavailable",
    "ExpectedRank",
    "Expression",
    "ExpressionError",
    "FittedEncoder",
    "GapSweep",
    "Geometry",
    "ImageEncoder",
    "Inspection",
    "Interval",
    "IslandStability",
    "JointEncoder",
    "KnnGraph",
    "LabelAccuracy",
    "Layout",
    "Matching",
    "Metric",
    "Mislabelled",
    "ModalityGap",
    "Movement",
    "NeighbourhoodHit",
    "Neighbours",
    "NoiseComparison",
    "NotStored",
    "Offsets",
    "Outlier",
    "OutlierSpec",
    "Overlap",
    "Parallelogram",
    "Peaks",
    "Placement",
    "PointTrust",
    "Probe",
    "ProbeSpec",
    "ProjectionSpec",
    "Question",
    "Questions",
    "ReadError",
    "ReadyTest",
    "Recall",
    "Retrieval",
    "ScoredPairs",
    "SeedSpread",
    "SetsCheck",
    "Setting",
    "Shepard",
    "SimilarityCorrelation",
    "Smaller",
    "Space",
    "SpaceAlignment",
    "Stability",
    "Term",
    "Trust",
    "Typical",
    "UnknownItem",
    "View",
    "WorkersLost",
    "ZeroShot",
    "ZeroShotReport",
    "against_noise",
    "agreement",
    "agreement_table",
    "align",
    "align_spaces",
    "analogy_accuracy",
    "axis_from_lists",
    "axis_from_pairs",
    "baselines",
    "before_after",
    "bias_direction",
    "both_neighbours",
    "branches",
    "centred",
    "centres",
    "check_sets",
    "close_gap",
    "cluster",
    "cluster_map",
    "cluster_scores",
    "cluster_terms",
    "combine",
    "compare",
    "compress",
    "compression_recall",
    "contours",
    "cut",
    "dendrogram",
    "direct_bias",
    "embed",
    "encoder_row",
    "expected_rank",
    "facts",
    "gap_sweep",
    "geometry",
    "google_questions",
    "hard_debias",
    "holm",
    "how_many",
    "hulls",
    "island_stability",
    "join",
    "join_spaces",
    "knn_graph",
    "label_accuracy",
    "label_clusters",
    "label_prompts",
    "label_vectors",
    "linear_probe",
    "load_encoder",
    "load_probe",
    "load_sample",
    "load_scored_pairs",
    "lost_neighbours",
    "mislabelled",
    "modality_gap",
    "movement",
    "movement_summary",
    "near_duplicates",
    "nearest",
    "nearest_words",
    "neighbourhood_hit",
    "offsets",
    "outliers",
    "overlap",
    "paired_correlations",
    "paired_shares",
    "pairs_by",
    "parallelogram",
    "parse",
    "peaks",
    "perturb",
    "place",
    "point_trust",
    "project",
    "ranked",
    "read",
    "read_pasted",
    "read_questions",
    "read_scored_pairs",
    "ready_tests",
    "retrieval_recall",
    "seed_spread",
    "separation",
    "shepard",
    "similarity_correlation",
    "similarity_sample",
    "solve",
    "stability",
    "sweep",
    "sweep_cell",
    "sweep_graph",
    "sweep_plan",
    "trust",
    "trust_of_maps",
    "trust_sentence",
    "typical",
    "weat",
    "weat_battery",
    "zero_shot",
    "zero_shot_report",
]
