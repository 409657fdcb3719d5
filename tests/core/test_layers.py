"""Imports run one way: app → pages → components → embeddings, and the core knows neither the screen nor torch."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import embeddings

ROOT = Path(__file__).resolve().parents[2]
ORDER = ["app", "pages", "components", "embeddings"]
FILES = [
    path.relative_to(ROOT)
    for path in [ROOT / "app.py", *(each for layer in ORDER[1:] for each in sorted((ROOT / layer).rglob("*.py")))]
]
SCREEN = {"streamlit", "plotly"}
TORCH = {"torch", "sentence_transformers", "transformers", "model2vec"}


def imported(source):
    """The first names of all modules that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return {name.split(".")[0] for name in found}


def forbidden(path):
    """What a file may not import, by where it lies."""
    layer = path.parts[0].removesuffix(".py")
    names = set(ORDER[: ORDER.index(layer)])
    if layer == "pages":
        names |= {"pages"}
    if layer == "embeddings":
        names |= SCREEN
    if path.parts[:2] != ("embeddings", "encoders"):
        names |= TORCH
    return names


def test_imports_run_one_way():
    wrong = {
        str(path): sorted(names)
        for path in FILES
        if (names := imported((ROOT / path).read_text(encoding="utf-8")) & forbidden(path))
    }
    assert wrong == {}


@pytest.mark.parametrize(
    ("path", "source", "wrong"),
    [
        (
            "embeddings/jobs/job.py",
            "import streamlit as st\nfrom components.kit.ask import keeping",
            {"streamlit", "components"},
        ),
        ("embeddings/bias/plan.py", "def load():\n    from torch.nn import Module", {"torch"}),
        ("embeddings/encoders/sentence.py", "import numpy, torch.nn", set()),
        ("components/app/frame.py", "from pages import bias\nimport streamlit", {"pages"}),
        ("pages/bias.py", "import pages.map\nimport components.app.frame", {"pages"}),
        ("app.py", "from components import shell", set()),
    ],
)
def test_the_walk_sees_what_is_forbidden(path, source, wrong):
    assert imported(source) & forbidden(Path(path)) == wrong


def test_the_core_and_the_application_start_without_torch_or_umap():
    code = (
        "import sys, embeddings, components.app.startup, components.views.map, components.app.routes\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'umap', 'gensim', 'numba'} & set(sys.modules)\n"
        "print(sorted(heavy))"
    )
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_public_names_are_sorted_complete_and_documented():
    names = embeddings.__all__
    assert names == sorted(names, key=lambda name: (not name.isupper(), name[0].islower(), name))
    for name in names:
        value = getattr(embeddings, name)
        assert isinstance(value, dict) or value.__doc__
