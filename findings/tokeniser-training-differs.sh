#!/usr/bin/env bash
# Trained twice on the same texts, a WordPiece tokeniser is not the same; a BPE one is.
#
# Guess:     no trainer takes a seed, so training has nothing random in it: the same texts give the same tokeniser.
# Seen:      five trainings in separate processes give five WordPiece tokenisers: about one piece in twenty has another
#            number, and a text becomes other numbers. BPE gives one file five times. Unigram's pieces and numbers stay, only
#            the last digits of its scores move (so its files differ byte by byte).
# Versions:  tokenizers 0.23.3, 2026-11-30.
# Matters:   rows of an embedding matrix are found by these numbers. A matrix trained with one tokeniser, used with the
#            "same" one trained again, gives other words' vectors, and no error if the sizes agree.
# Instead:   keep tokenizer.json beside the vectors and never train it again; compare the table of pieces on loading.
#            Where training has to be repeatable, take BPE.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check tokenizers==0.23.3
cat > "$work/train.py" <<'PYTHON'
import json
import random
import sys

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

random.seed(0)
words = ["".join(random.choices("abcdefgh", k=random.randint(2, 7))) for _ in range(3000)]
texts = [" ".join(random.choices(words, k=10)) for _ in range(1500)]
kinds = {
    "BPE": (models.BPE(), trainers.BpeTrainer(vocab_size=400, show_progress=False)),
    "WordPiece": (models.WordPiece(unk_token="[UNK]"), trainers.WordPieceTrainer(vocab_size=400, show_progress=False)),
    "Unigram": (models.Unigram(), trainers.UnigramTrainer(vocab_size=400, show_progress=False)),
}
trained = {}
for kind, (model, trainer) in kinds.items():
    tokeniser = Tokenizer(model)
    tokeniser.pre_tokenizer = pre_tokenizers.Whitespace()
    tokeniser.train_from_iterator(texts, trainer)
    trained[kind] = {"file": tokeniser.to_str(), "pieces": tokeniser.get_vocab(), "ids": tokeniser.encode(texts[0]).ids}
json.dump(trained, sys.stdout)
PYTHON
for time in 1 2 3 4 5; do "$work/venv/bin/python" "$work/train.py" > "$work/$time.json"; done
"$work/venv/bin/python" - "$work" <<'PYTHON'
import json
import pathlib
import sys
from importlib.metadata import version

runs = [json.loads(path.read_text()) for path in sorted(pathlib.Path(sys.argv[1]).glob("?.json"))]
print(f"tokenizers {version('tokenizers')}, five trainings on the same texts in the same order")
files, numbers = {}, {}
for kind in runs[0]:
    files[kind] = len({run[kind]["file"] for run in runs})
    numbers[kind] = len({json.dumps(run[kind]["pieces"], sort_keys=True) for run in runs})
    first, second = runs[0][kind], runs[1][kind]
    moved = sum(second["pieces"].get(piece, number) != number for piece, number in first["pieces"].items())
    gone = len(first["pieces"].keys() - second["pieces"].keys())
    print(
        f"{kind}: {files[kind]} different files, {numbers[kind]} different tables; between two runs {moved} of"
        f" {len(first['pieces'])} pieces have another number and {gone} are gone;"
        f" a text becomes {'the same' if first['ids'] == second['ids'] else 'other'} numbers"
    )
assert files["BPE"] == 1 and numbers["WordPiece"] > 1, "the behaviour has changed"
PYTHON
