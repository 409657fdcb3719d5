"""How Scenes CLIP was trained: `python -m embeddings.encoders.scenes_clip.training` does it again."""
