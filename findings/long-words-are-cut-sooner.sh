#!/usr/bin/env bash
# model2vec's limit of 512 tokens is first a limit of characters: texts with long words lose most of their tokens.
#
# Guess:     encode(texts, max_length=512) uses the first 512 tokens of each text, "maximum length in tokens".
# Seen:      a text is cut before it is split, after 512 times the median length of the vocabulary's pieces, in characters,
#            blanks counted. With a vocabulary of mostly short pieces a text of 200 tokens keeps 24 and loses the rest.
# Versions:  model2vec 0.10.0, 2026-11-30 (a hand-made table of eleven words, no download).
# Matters:   vocabularies with many short pieces (single characters, Chinese, byte pieces) and texts with long words
#            (German, chemistry, addresses): the end of the text does not count, though it is far below the limit.
# Instead:   pass max_length=None and cut yourself; or compare both answers and tell the reader which texts were cut.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check model2vec==0.10.0 tokenizers==0.23.3 numpy==2.4.6
"$work/venv/bin/python" - <<'PYTHON'
from importlib.metadata import version

import numpy as np
from model2vec import StaticModel
from tokenizers import Tokenizer, models, pre_tokenizers

long = ["internationalisation", "electroencephalography"]
words = ["[UNK]", "a", "b", "c", "d", "e", "f", "g", "h", *long]
tokeniser = Tokenizer(models.WordLevel({word: row for row, word in enumerate(words)}, unk_token="[UNK]"))
tokeniser.pre_tokenizer = pre_tokenizers.Whitespace()
model = StaticModel(np.eye(len(words), dtype=np.float32), tokeniser)  # a text's vector: the share of each word
text = " ".join([long[0]] * 100 + [long[1]] * 100)

limited, whole = (model.encode([text], max_length=limit)[0][-2:] for limit in (512, None))
print(f"model2vec {version('model2vec')}; pieces are {model.median_token_length} characters long in the median")
print(f"a text of 200 tokens, {long[0]} × 100, then {long[1]} × 100; the shares of the two in its vector:")
print(f"max_length=512: {limited.tolist()}; max_length=None: {whole.tolist()}")
kept = len(model.encode_as_sequence([text], max_length=512)[0])
print(f"tokens left of 200 with max_length=512: {kept}")
assert limited.tolist() == [1.0, 0.0] and whole.tolist() == [0.5, 0.5], "the behaviour has changed"
assert kept == 24, "the behaviour has changed"
PYTHON
