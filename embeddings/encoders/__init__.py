"""Encoders turn items into vectors; this module knows them all and imports none before it is needed."""

from __future__ import annotations

from importlib import import_module
from typing import Any, cast

from embeddings.encoders.availability import missing_package
from embeddings.encoders.base import Encoder, EncoderSpec, FittedEncoder, ImageEncoder, JointEncoder
from embeddings.encoders.inspection import Inspection, View
from embeddings.encoders.table import ENCODERS, find_spec
from embeddings.errors import EncoderUnavailable

__all__ = [
    "ENCODERS",
    "Encoder",
    "EncoderSpec",
    "FittedEncoder",
    "ImageEncoder",
    "Inspection",
    "JointEncoder",
    "View",
    "find_spec",
    "load_encoder",
]


def load_encoder(name: str) -> Encoder:
    """Load an encoder of the table, `hub:ORG/NAME` or `folder:PATH`; may take seconds, or download.

    Raises:
        EncoderUnavailable: it is unknown or cannot run here; the message is the remedy.
    """
    spec = find_spec(name)
    missing = missing_package(spec)
    if missing:
        raise EncoderUnavailable(missing)
    module, _, factory = spec.factory.partition(":")
    source: dict[str, Any] = {"model": spec.model} if spec.model else {}
    return cast(Encoder, getattr(import_module(module), factory)(name=name, **source, **spec.options))
