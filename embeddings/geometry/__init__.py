"""What a space is like as a cloud of points."""

from embeddings.geometry.card import Geometry, Norms, geometry, mean_cosine, norms
from embeddings.geometry.dimension import IntrinsicDimension, intrinsic_dimension
from embeddings.geometry.facts import Fact, facts
from embeddings.geometry.hubs import Hubness, hubness
from embeddings.geometry.spectrum import Spectrum, spectrum

__all__ = [
    "Fact",
    "Geometry",
    "Hubness",
    "IntrinsicDimension",
    "Norms",
    "Spectrum",
    "facts",
    "geometry",
    "hubness",
    "intrinsic_dimension",
    "mean_cosine",
    "norms",
    "spectrum",
]
