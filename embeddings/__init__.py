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
from embeddings.metrics import METRICS, Metric
from embeddings.neighbours import KnnGraph, Neighbours, knn_graph, nearest, similarity_sample
from embeddings.projections import PROJECTIONS, Layout, ProjectionSpec, project
from embeddings.projections.placing import Placement, place
from embeddings.reading import read, read_pasted
from embeddings.samples import SAMPLES, load_sample
from embeddings.space import Space, centred

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
    "ImageEncoder",
    "Inspection",
    "JointEncoder",
    "KnnGraph",
    "Layout",
    "Metric",
    "Neighbours",
    "Placement",
    "ProjectionSpec",
    "ReadError",
    "Space",
    "UnknownItem",
    "View",
    "centred",
    "embed",
    "knn_graph",
    "load_encoder",
    "load_sample",
    "nearest",
    "place",
    "project",
    "read",
    "read_pasted",
    "similarity_sample",
]
