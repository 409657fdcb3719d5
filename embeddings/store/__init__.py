"""What outlives a session: collections, vectors of items and derived results, in LanceDB."""

from embeddings.store.collections import Saved
from embeddings.store.store import Store, default_home, is_given, space_fingerprint
from embeddings.store.uploads import Upload

__all__ = ["Saved", "Store", "Upload", "default_home", "is_given", "space_fingerprint"]
