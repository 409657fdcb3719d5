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
    "PROJECTIONS",
    "SAMPLES",
    "AnalogyReport",
    "Axis",
    "Cancelled",
    "Collection",
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
    "ProjectionSpec",
    "Question",
    "Questions",
    "ReadError",
    "Recall",
    "Retrieval",
    "Space",
    "UnknownItem",
    "View",
    "ZeroShot",
    "ZeroShotReport",
    "analogy_accuracy",
    "axis_from_lists",
    "axis_from_pairs",
    "baselines",
    "centred",
    "close_gap",
    "combine",
    "embed",
    "expected_rank",
    "gap_sweep",
    "google_questions",
    "join",
    "join_spaces",
    "knn_graph",
    "label_prompts",
    "label_vectors",
    "load_encoder",
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
    "retrieval_recall",
    "separation",
    "similarity_sample",
    "solve",
    "zero_shot",
    "zero_shot_report",
]
