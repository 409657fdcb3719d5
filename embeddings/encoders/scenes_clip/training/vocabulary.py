"""The tokeniser: every word that the grammar can say, and nothing else."""

from __future__ import annotations

from random import Random

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from embeddings.encoders.scenes_clip.model import FOLDER
from embeddings.scenes.captions import say
from embeddings.scenes.sampling import near_miss, part_of, random_scene, spoken
from embeddings.scenes.scene import Scene
from embeddings.scenes.things import ANY_DIGIT, DIGITS

PAD, UNKNOWN, START, END = "<pad>", "<unk>", "<start>", "<end>"
_CAPTIONS = 20_000


def write_tokenizer() -> None:
    """Write `tokenizer.json` beside the model."""
    (FOLDER / "tokenizer.json").write_text(built_tokenizer().to_str(pretty=False) + "\n", "utf-8")


def built_tokenizer() -> Tokenizer:
    """Words of the grammar, in alphabetical order; the end token is last, because open_clip looks for the highest."""
    words = [PAD, UNKNOWN, START, *sorted(_words()), END]
    built = Tokenizer(models.WordLevel({word: number for number, word in enumerate(words)}, unk_token=UNKNOWN))
    built.normalizer = normalizers.Sequence([normalizers.Lowercase(), normalizers.Replace(Regex(r"[^\w]"), " ")])
    built.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    special = [(START, words.index(START)), (END, len(words) - 1)]
    built.post_processor = processors.TemplateProcessing(f"{START} $A {END}", special_tokens=special)
    return built


def _words() -> set[str]:
    rng = Random(0)
    found: set[str] = set()
    for _ in range(_CAPTIONS):
        scene = random_scene(rng)
        for claim in (spoken(scene), part_of(scene, rng), near_miss(scene, rng)):
            found.update(say(claim, rng).split())
        found.update(say(Scene(digit=rng.choice((*DIGITS, ANY_DIGIT))), rng).split())
    return found
