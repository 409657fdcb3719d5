"""Scenes CLIP: a small joint model of drawn scenes and captions, trained by this project."""
