"""What the neighbours say of the labels, in sentences and as a table."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from embeddings.outliers.mislabelled import UNKNOWN, Mislabelled


def exchange_table(found: Mislabelled) -> pa.Table:
    """Which labels are most often doubted in favour of which, the most frequent first."""
    own, suggested = found.own[found.ranking], found.suggested[found.ranking]
    pairs, counts = np.unique(np.column_stack([own, suggested]), axis=0, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    label, instead = ([found.names[pairs[place, side]] for place in order] for side in (0, 1))
    return pa.table({"label": label, "suggested": instead, "items": counts[order]})


def summary_sentence(found: Mislabelled, column: str) -> str:
    """How many labels are doubtful, and what was left out."""
    judged, doubted = int((found.own != UNKNOWN).sum()), len(found.ranking)
    if not doubted:
        said = f"No label is doubtful: for each of {judged:,} items the neighbours agree with “{column}”."
    else:
        said = (
            f"{doubted:,} of {judged:,} items ({100 * doubted / judged:.1f} %) lie among items of another "
            f"“{column}”; the most suspect come first."
        )
    if found.left_out:
        one = found.left_out == 1
        said += (
            f" {found.left_out:,} {'item has' if one else 'items have'} no label and {'is' if one else 'are'} left out."
        )
    return said


def item_sentence(found: Mislabelled, row: int) -> str:
    """What the neighbours say of one item."""
    if found.own[row] == UNKNOWN:
        return "This item has no label; it is not judged."
    own, suggested = found.names[found.own[row]], found.names[found.suggested[row]]
    if found.suggested[row] == UNKNOWN:
        return f"Labelled “{own}”; none of its neighbours has a label."
    share = f"{100 * found.support[row]:.0f} % of its labelled neighbours"
    if own == suggested:
        return f"Labelled “{own}”, and so are {share}."
    said = f"Labelled “{own}”, but {share} are “{suggested}”."
    if np.isnan(found.distances[row]):
        return f"{said} It is the only one with its label, so it is not ranked."
    return (
        f"{said} It is {found.distances[row]:.2f} from the centre of its own label and "
        f"{found.suggested_distances[row]:.2f} from that of the other."
    )
