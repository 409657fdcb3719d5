"""What tests of the core share: ready collections, a joint space known by eye, workers, number formats, a hub cache."""

from functools import cache

import numpy as np
import pytest
from huggingface_hub import constants
from joint_spaces import space_of

from embeddings.encoders import availability
from embeddings.jobs import client
from embeddings.samples import load_sample
from embeddings.store import Store


@pytest.fixture
def store(tmp_path):
    return Store(str(tmp_path))


@pytest.fixture(scope="session")
def ready():
    """The ready collections by their keys; each is loaded once, for 600 scenes take seconds to draw."""
    return cache(load_sample)


@pytest.fixture(scope="session")
def cluster():
    """Workers for all tests of this process."""
    yield client.start()
    client.close()


@pytest.fixture
def twenty_kinds():
    """60 pictures in 20 kinds with their texts, pushed apart along one axis; then the true pairs."""
    rng = np.random.default_rng(3)
    kinds = rng.normal(size=(20, 12))
    pictures = kinds.repeat(3, axis=0) + 0.5 * rng.normal(size=(60, 12)) + 2 * np.eye(12)[0]
    space = space_of(pictures, kinds + 0.2 * rng.normal(size=(20, 12)) - 2 * np.eye(12)[0])
    return space, np.column_stack([np.arange(60), 60 + np.arange(60) // 3])


@pytest.fixture
def float32(monkeypatch):
    _on_the_processor(monkeypatch, "float32")


@pytest.fixture
def bfloat16(monkeypatch):
    _on_the_processor(monkeypatch, "bfloat16")


@pytest.fixture
def hub_cache(monkeypatch, tmp_path):
    """An empty cache of the hub, which cannot be reached."""
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(availability, "_remedies", {})
    return tmp_path


def _on_the_processor(monkeypatch, numbers):
    import torch  # takes seconds, and most tests do without

    from embeddings.encoders.hardware import Hardware

    for module in ("sentence", "torch_images"):
        chosen = Hardware("cpu", getattr(torch, numbers))
        monkeypatch.setattr(f"embeddings.encoders.{module}.best_hardware", lambda chosen=chosen: chosen)
