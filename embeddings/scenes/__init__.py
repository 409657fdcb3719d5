"""Drawn scenes: what is in them, how they are put into words, and how they are drawn."""

from embeddings.scenes.captions import say
from embeddings.scenes.drawing import draw, png
from embeddings.scenes.sampling import random_scene, spoken
from embeddings.scenes.scene import Scene, Thing

__all__ = ["Scene", "Thing", "draw", "png", "random_scene", "say", "spoken"]
