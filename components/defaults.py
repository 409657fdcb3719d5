"""What a visitor sees before choosing anything."""

from components.spaces import LayoutSettings

COLLECTION = "words"
ENCODER = "MiniLM"
FIRST_MAP = LayoutSettings("UMAP", 2, 0, {"n_neighbors": 15, "min_dist": 0.1, "metric": "cosine"})
