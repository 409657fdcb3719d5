"""Vectorscope's core: from texts to vectors, neighbours and maps, without a browser.

from embeddings import Collection, embed, nearest
space = embed(Collection.from_texts(["king", "queen", "carrot"], name="three words"), "MiniLM")
nearest(space, "king", k=1)
"""

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
from embeddings.bias.several import Battery, holm, weat_battery
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
from embeddings.embedding import embed
from embeddings.encoders import ENCODERS, load_encoder
from embeddings.encoders.base import Encoder, EncoderSpec, FittedEncoder, ImageEncoder, Inspection, JointEncoder, View
from embeddings.errors import Cancelled, EmbeddingError, EncoderUnavailable, ExpressionError, ReadError, UnknownItem
from embeddings.gap import ModalityGap, close_gap, modality_gap
from embeddings.intervals import Interval
from embeddings.joint import combine, join, join_spaces, pairs_by
from embeddings.metrics import METRICS, Metric
from embeddings.neighbours import KnnGraph, Neighbours, knn_graph, nearest, similarity_sample
from embeddings.outliers import OUTLIERS, OutlierSpec, outliers
from embeddings.outliers.duplicates import Duplicates, near_duplicates
from embeddings.outliers.mislabelled import Mislabelled, mislabelled
from embeddings.outliers.ranking import Outlier, ranked
from embeddings.projections import PROJECTIONS, Layout, ProjectionSpec, project
from embeddings.projections.placing import Placement, place
from embeddings.reading import read, read_pasted
from embeddings.retrieval import GapSweep, Recall, Retrieval, gap_sweep, retrieval_recall
from embeddings.samples import SAMPLES, load_sample
from embeddings.space import Space, centred
from embeddings.zero_shot import ZeroShot, ZeroShotReport, label_prompts, label_vectors, zero_shot, zero_shot_report

__all__ = [
    "CLUSTERINGS",
    "ENCODERS",
    "METHODS",
    "METRICS",
    "OUTLIERS",
    "PROBES",
    "PROJECTIONS",
    "SAMPLES",
    "Agreement",
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
    "CountScores",
    "Debiased",
    "Dendrogram",
    "DirectBias",
    "Duplicates",
    "EmbeddingError",
    "Encoder",
    "EncoderSpec",
    "EncoderUnavailable",
    "ExpectedRank",
    "Expression",
    "ExpressionError",
    "FittedEncoder",
    "GapSweep",
    "ImageEncoder",
    "Inspection",
    "Interval",
    "JointEncoder",
    "KnnGraph",
    "Layout",
    "Matching",
    "Metric",
    "Mislabelled",
    "ModalityGap",
    "Neighbours",
    "NoiseComparison",
    "Offsets",
    "Outlier",
    "OutlierSpec",
    "Overlap",
    "Parallelogram",
    "Peaks",
    "Placement",
    "ProbeSpec",
    "ProjectionSpec",
    "Question",
    "Questions",
    "ReadError",
    "ReadyTest",
    "Recall",
    "Retrieval",
    "SetsCheck",
    "Space",
    "Stability",
    "Term",
    "Typical",
    "UnknownItem",
    "View",
    "ZeroShot",
    "ZeroShotReport",
    "against_noise",
    "agreement",
    "analogy_accuracy",
    "axis_from_lists",
    "axis_from_pairs",
    "baselines",
    "before_after",
    "bias_direction",
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
    "contours",
    "cut",
    "dendrogram",
    "direct_bias",
    "embed",
    "expected_rank",
    "gap_sweep",
    "google_questions",
    "hard_debias",
    "holm",
    "how_many",
    "hulls",
    "join",
    "join_spaces",
    "knn_graph",
    "label_clusters",
    "label_prompts",
    "label_vectors",
    "load_encoder",
    "load_probe",
    "load_sample",
    "mislabelled",
    "modality_gap",
    "near_duplicates",
    "nearest",
    "nearest_words",
    "offsets",
    "outliers",
    "overlap",
    "pairs_by",
    "parallelogram",
    "parse",
    "peaks",
    "place",
    "project",
    "ranked",
    "read",
    "read_pasted",
    "read_questions",
    "ready_tests",
    "retrieval_recall",
    "separation",
    "similarity_sample",
    "solve",
    "stability",
    "typical",
    "weat",
    "weat_battery",
    "zero_shot",
    "zero_shot_report",
]
