"""Vectorscope's core: from texts to vectors, neighbours and maps, without a browser.

from embeddings import Collection, embed, nearest
space = embed(Collection.from_texts(["king", "queen", "carrot"], name="three words"), "MiniLM")
nearest(space, "king", k=1)
"""

from embeddings.collection import Collection
from embeddings.embedding import embed
from embeddings.encoders import ENCODERS, load_encoder
from embeddings.encoders.base import Encoder, EncoderSpec, FittedEncoder, ImageEncoder, Inspection, JointEncoder, View
from embeddings.errors import Cancelled, EmbeddingError, EncoderUnavailable, ReadError, UnknownItem
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
    "METRICS",
    "PROJECTIONS",
    "SAMPLES",
    "Cancelled",
    "Collection",
    "EmbeddingError",
    "Encoder",
    "EncoderSpec",
    "EncoderUnavailable",
    "FittedEncoder",
    "GapSweep",
    "ImageEncoder",
    "Inspection",
    "Interval",
    "JointEncoder",
    "KnnGraph",
    "Layout",
    "Metric",
    "ModalityGap",
    "Neighbours",
    "Placement",
    "ProjectionSpec",
    "ReadError",
    "Recall",
    "Retrieval",
    "Space",
    "UnknownItem",
    "View",
    "ZeroShot",
    "ZeroShotReport",
    "centred",
    "close_gap",
    "combine",
    "embed",
    "gap_sweep",
    "join",
    "join_spaces",
    "knn_graph",
    "label_prompts",
    "label_vectors",
    "load_encoder",
    "load_sample",
    "modality_gap",
    "nearest",
    "pairs_by",
    "place",
    "project",
    "read",
    "read_pasted",
    "retrieval_recall",
    "similarity_sample",
    "zero_shot",
    "zero_shot_report",
]
