"""The results of one test: the verdict, all encoders in one chart, and for each which word does what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import streamlit as st

from components.bias.association.forest_chart import Line, forest_chart
from components.bias.association.how import how_to_read
from components.bias.association.request import Measured, Question
from components.bias.association.tables import results_numbers, results_table, words_table
from components.bias.association.verdict import Verdict, change_sentence, differences, verdict
from components.bias.association.word_charts import Seen, dots_chart, leverage_chart, null_chart
from components.kit.charts import show_chart, table_twin
from components.kit.choice import encoder_name
from components.kit.colours import page_colours
from components.kit.evidence import Setting, csv_button
from components.kit.widgets import pick
from components.kit.words import escape

ICONS = {
    "stands": ":material/check_circle:",
    "fragile": ":material/balance:",
    "ordinary": ":material/casino:",
    "nothing": ":material/remove_circle_outline:",
    "refused": ":material/block:",
}
DETAIL = "association_detail"


class Shown(NamedTuple):
    """A test with its answers, as it is shown.

    Attributes:
        questions: one for each encoder.
        answers: in the same order.
        names: what X, Y, A and B are called.
        published: the effect size in the source; None where the words are not the published ones.
        settings: that stand in every file.
        before: the effect size of each encoder before the reader changed the words, where it is known.
        probe: the name of the test in the table of probes.
    """

    questions: Sequence[Question]
    answers: Sequence[Measured]
    names: Sequence[str]
    published: float | None
    settings: dict[str, Setting]
    before: Mapping[str, float] = {}
    probe: str = "WEAT"

    @classmethod
    def of(
        cls,
        questions: Sequence[Question],
        answers: Sequence[Measured | None],
        names: Sequence[str],
        published: float | None,
        settings: dict[str, Setting],
    ) -> Shown:
        """The questions that have an answer by now."""
        known = [(asked, found) for asked, found in zip(questions, answers, strict=True) if found is not None]
        return cls([asked for asked, _ in known], [found for _, found in known], names, published, settings)

    @property
    def noun(self) -> str:
        """What one of the things in the sets is called."""
        return "item" if self.probe == "iEAT" else "word"

    @property
    def lines(self) -> list[Line]:
        """The effect sizes, a row for each encoder."""
        names = [encoder_name(question.encoder) for question in self.questions]
        return [
            Line(name, name, found, self.published, self.before.get(name))
            for name, found in zip(names, self.answers, strict=True)
        ]


def show_test(shown: Shown) -> None:
    """Everything that is known of a test by now, and how to read it."""
    if shown.questions:
        _verdicts(shown)
        _forest(shown)
    how_to_read(shown.probe)
    if shown.questions:
        _details(shown)


def _verdicts(shown: Shown) -> None:
    """What each encoder's result means."""
    with st.container(border=True, key="association_verdict"):
        for question, found in zip(shown.questions, shown.answers, strict=True):
            said = verdict(found, shown.names, question.collection)
            changed = change_sentence(found, shown.before.get(encoder_name(question.encoder)))
            _verdict(encoder_name(question.encoder), said, changed)
            if found.silent:
                st.caption(
                    f":material/warning: {escape(encoder_name(question.encoder))} has no vector but zero for "
                    + escape(", ".join(found.silent[:12]))
                    + ": they are equally near to everything."
                )
        together = differences(
            [(encoder_name(q.encoder), found) for q, found in zip(shown.questions, shown.answers, strict=True)]
        )
        if together:
            st.caption(together)


def _forest(shown: Shown) -> None:
    """All encoders in one chart, with its table."""
    x, _, a, b = shown.names
    st.markdown("**How large is it, and how sure?**")
    show_chart(
        forest_chart(shown.lines, (b, f"{x} lean to", a), colours=page_colours()),
        key="forest",
        alt="Effect size of each encoder with its 95 % interval, over what random sets give",
    )
    table = results_table(shown.lines, several=False)
    st.dataframe(
        table,
        hide_index=True,
        height=35 * (table.num_rows + 1) + 3,
        column_config={"encoder": st.column_config.TextColumn("encoder", pinned=True, width=130)},
        alt="Effect size, interval, p-values and random sets of each encoder",
    )
    csv_button("Results (CSV)", lambda: results_numbers(shown.lines), "association.csv", shown.settings)


def _details(shown: Shown) -> None:
    """Single words, for one encoder at a time."""
    able = {
        encoder_name(question.encoder): (question, found)
        for question, found in zip(shown.questions, shown.answers, strict=True)
        if found.test is not None
    }
    if not able:
        return
    chosen = next(iter(able))
    if len(able) > 1:
        chosen = pick(f"{shown.noun.capitalize()}s as seen by", list(able), key=DETAIL, linked=False)
    _details_of(*able[chosen], shown, chosen)


def _details_of(question: Question, found: Measured, shown: Shown, encoder: str) -> None:
    if found.test is None:
        return
    seen = Seen(found.test, question.collection, shown.names)
    left, right = st.columns(2, gap="medium")
    with left:
        st.markdown(f"**Which {shown.noun} carries the effect?**")
        st.caption(f"Each bar ends at the effect size without that {shown.noun}: a long bar is one that much hangs on.")
        show_chart(
            leverage_chart(seen, colours=page_colours()),
            key="leverage",
            alt="Effect size without each word in turn, the most influential first",
        )
    with right:
        st.markdown(f"**Where does each {shown.noun} lie?**")
        show_chart(
            dots_chart(seen, colours=page_colours()),
            key="words_placed",
            alt="Words of X and Y by how much nearer they are to A than to B",
        )
        _null(found)
    _words_twin(seen, shown, encoder)


def _null(found: Measured) -> None:
    st.markdown("**What do random sets give?**")
    if found.null is None or found.test is None:
        st.caption(escape(found.no_null))
        return
    show_chart(
        null_chart(found.null, found.test.effect_size, colours=page_colours()),
        key="random_sets",
        alt="Histogram of the effect sizes of random sets, with that of these sets marked",
    )
    matched = found.null.match == "word frequency" and found.null.bins > 1
    how = f"matched in frequency in {found.null.bins} groups" if matched else "not matched"
    st.caption(
        f"{len(found.null.effect_sizes):,} times as many random items in place of X and Y, drawn from "
        f"{found.null.candidates:,}, {how}; A and B stay."
    )


def _words_twin(seen: Seen, shown: Shown, encoder: str) -> None:
    twin = table_twin(f"Every {shown.noun} as a table", key="association_words")
    if not twin.open:
        return
    with twin:
        table = words_table(seen)
        st.dataframe(
            table,
            hide_index=True,
            height=min(420, 35 * (table.num_rows + 1) + 3),
            column_config={
                name: st.column_config.NumberColumn(format="%.3f")
                for name in table.column_names
                if name[0] in "sdc" and name not in ("set", "called")
            },
            alt="Every word with its score and the effect size without it",
        )
        csv_button(
            f"Every {shown.noun} (CSV)", lambda: table, "association_words.csv", shown.settings | {"encoder": encoder}
        )


def _verdict(encoder: str, said: Verdict, changed: str) -> None:
    st.markdown(f"{ICONS[said.standing]} **{escape(encoder)}: {escape(said.heading)}**")
    st.caption(escape(" ".join(filter(None, [*said.sentences, changed]))))
