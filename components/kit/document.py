"""The page docs/methods.md, from the texts of the pages: `python -m components.kit.document > docs/methods.md`."""

from __future__ import annotations

import sys

from components.kit.texts import how_text

SECTIONS = {
    "Neighbours": {"Neighbours": "neighbours"},
    "Map": {"Map": "map"},
    "Trust": {"Trust": "trust"},
    "Clusters": {"Clusters": "clusters", "Can they be believed?": "cluster_checks"},
    "Outliers": {
        "Outliers": "outliers",
        "Possible wrong labels": "wrong_labels",
        "Near-duplicates": "near_duplicates",
    },
    "Analogies": {"One sum": "one_sum", "One relation": "one_relation", "Test set": "analogy_test"},
    "Axes": {"Axes": "axes"},
    "Bias probes": {
        "Association": "association",
        "Direction": "bias_direction",
        "Debiasing": "debiasing",
        "Sets": "bias_sets",
        "Search skew": "search_skew",
        "Zero-shot skew": "label_skew",
    },
    "Text and images": {"Text and images": "modality_gap"},
    "Zero-shot": {"Zero-shot": "zero_shot"},
    "Compare": {
        "Maps": "side_by_side_maps",
        "Agreement": "agreement",
        "Which one?": "choosing",
        "Geometry": "geometry",
        "Smaller": "smaller",
        "Perturb": "perturb",
    },
}

_HEAD = """# How the numbers are made

What each page says under “How is this computed?”, written from `components/texts/how` by
`python -m components.kit.document`; do not edit. Collections, vectors and results are known by fingerprints: BLAKE2b
(Aumasson et al. 2013) over length-prefixed content. Where other tools give another number stands in
[other-tools.md](other-tools.md).
"""


def methods_page() -> str:
    """The whole page as Markdown."""
    return _HEAD + "".join(map(_section, SECTIONS))


def _section(page: str) -> str:
    texts = SECTIONS[page]
    parts = [(f"### {view}\n\n" if len(texts) > 1 else "") + how_text(name).strip() for view, name in texts.items()]
    return f"\n## {page}\n\n" + "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    sys.stdout.write(methods_page())
