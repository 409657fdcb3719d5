"""What a score means, in one plain sentence."""

from __future__ import annotations

from embeddings.trust.scores import Trust


def trust_sentence(trust: Trust) -> str:
    """“Of each point's 10 true neighbours this map keeps 3.1; by chance it would keep .17.”"""
    if trust.k == 1:
        kept, chance = (f"{100 * share:.1f} %" for share in (trust.kept, trust.chance))
        return f"{kept} of the points keep their nearest neighbour on this map; by chance {chance} would."
    return (
        f"Of each point's {trust.k} true neighbours this map keeps {_count(trust.k * trust.kept)}; "
        f"by chance it would keep {_count(trust.k * trust.chance)}."
    )


def _count(value: float) -> str:
    if value == 0 or value >= 1:
        return f"{value:.1f}".removesuffix(".0")
    return f"{value:.2f}".removeprefix("0") if value >= 0.005 else "less than .01"
