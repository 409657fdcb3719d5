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
from embeddings.projections import PROJECTIONS, Layout, ProjectionSpec, project
from embeddings.projections.placing import Placement, place
from embeddings.reading import read, read_pasted
from embeddings.retrieval import GapSweep, Recall, Retrieval, gap_sweep, retrieval_recall
from embeddings.samples import SAMPLES, load_sample
from embeddings.space import Space, centred
from embeddings.zero_shot import ZeroShot, ZeroShotReport, label_prompts, label_vectors, zero_shot, zero_shot_report

__all__ = [
    "ENCODERS",
    "METHODS",
    "METRICS",
    "PROBES",
    "PROJECTIONS",
    "SAMPLES",
    "AnalogyReport",
    "AssociationTest",
    "Axis",
    "Battery",
    "BeforeAfter",
    "BiasDirection",
    "Bounds",
    "Cancelled",
    "Collection",
    "Debiased",
    "DirectBias",
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
    "ModalityGap",
    "Neighbours",
    "Offsets",
    "Parallelogram",
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
    "UnknownItem",
    "View",
    "ZeroShot",
    "ZeroShotReport",
    "analogy_accuracy",
    "axis_from_lists",
    "axis_from_pairs",
    "baselines",
    "before_after",
    "bias_direction",
    "centred",
    "check_sets",
    "close_gap",
    "combine",
    "direct_bias",
    "embed",
    "expected_rank",
    "gap_sweep",
    "google_questions",
    "hard_debias",
    "holm",
    "join",
    "join_spaces",
    "knn_graph",
    "label_prompts",
    "label_vectors",
    "load_encoder",
    "load_probe",
    "load_sample",
    "modality_gap",
    "nearest",
    "offsets",
    "pairs_by",
    "parallelogram",
    "parse",
    "place",
    "project",
    "read",
    "read_pasted",
    "read_questions",
    "ready_tests",
    "retrieval_recall",
    "separation",
    "similarity_sample",
    "solve",
    "weat",
    "weat_battery",
    "zero_shot",
    "zero_shot_report",
]
