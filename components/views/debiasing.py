"""Taking a direction out of the vectors: what is gone, what is only hidden, and every probe before and after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.kit import link
from components.kit.ask import Request, ask_beside, asking, wanted
from components.kit.candidates import reads_texts
from components.kit.charts import figure, named_rows, show_chart, whiskers
from components.kit.colours import Colours, page_colours
from components.kit.evidence import (
    Setting,
    Table,
    Verdict,
    csv_button,
    items_of,
    settings_of,
    show_table,
    show_twin,
    show_verdict,
)
from components.kit.kinds import several
from components.kit.seeds import Lookup, look_up
from components.kit.spaces import texts_request
from components.kit.texts import how, reading
from components.kit.words import chart_text, escape, number, p_is, shorten
from components.views.bias_inputs import unknown_words, unless_kept
from components.views.bias_pairs import Typed
from components.views.debias_plan import METHODS, plan_controls, words_of
from embeddings.bias.lookup import ReadBySpace
from embeddings.bias.plan import Asked, Plan
from embeddings.bias.probes import PROBES
from embeddings.bias.remaining import Remaining
from embeddings.bias.taking_out import CHANCE, Compared, TakenOut, probe_numbers, remaining_table
from embeddings.bias.templates import TEMPLATES
from embeddings.collection import Collection
from embeddings.errors import EmbeddingError
from embeddings.jobs.job import Job
from embeddings.space import Space, Vectors

RUN, BY_LINK = "taken_out", "debias_by_link"
LOOKS = {
    "hidden": (st.error, ":material/visibility_off:"),
    "weaker": (st.warning, ":material/opacity:"),
    "gone": (st.success, ":material/check_circle:"),
    "was not there": (st.info, ":material/help:"),
    "unknown": (st.info, ":material/help:"),
}
ASSOCIATIONS = ("WEAT", "SEAT", "iEAT")
CHECKS = ("classifier: right", "two clusters: right", "neighbours: r")


def debiasing(space: Space, typed: Typed, controls: DeltaGenerator, mistakes: DeltaGenerator) -> None:
    """The results, or the button that asks for them; a mistake is answered beside the pairs."""
    with controls:
        plan = plan_controls(space, typed)
    try:
        request = debias_request(space, plan)
    except EmbeddingError as error:
        mistakes.error(escape(str(error)))
        return
    if not _is_wanted(request, plan):
        return
    found = ask_beside(mistakes, lambda: request)
    if found is not None:
        _results(space, typed, plan, found)


def about_debiasing() -> None:
    """How it is read, and how it is computed."""
    spec = PROBES["What remains"]
    reading("debiasing", caveat=spec.caveat, cannot_say=spec.cannot_say)
    how("debiasing")


def debias_request(space: Space, plan: Plan) -> Request[TakenOut]:
    """The job that takes a direction out; words of the probes that have no vector refuse their probe alone.

    Raises:
        EmbeddingError: a word of the pairs, or one to keep, has no vector here.
    """
    needed = look_up(space, [*(str(word) for pair in plan.pairs for word in pair), *map(str, plan.keep)])
    others = look_up(space, words_of(plan)) if reads_texts(space.encoder) else Lookup({}, [])

    def debias(job: Job) -> TakenOut:
        of_probes = {word: vector for word, vector in _encoded(space, others.to_encode, job).items() if vector.any()}
        encoded = _encoded(space, needed.to_encode, job)
        if reason := unknown_words(space, encoded):
            raise EmbeddingError(reason)
        vectors = ReadBySpace({**of_probes, **needed.given, **encoded})
        found: TakenOut = asking("debiasing", space, plan, vectors_of=vectors).run(job)
        return found

    return unless_kept(asking("debiasing", space, plan, vectors_of=ReadBySpace()), debias)


def _encoded(space: Space, texts: Sequence[str], job: Job) -> dict[str, Vectors]:
    return dict(zip(texts, texts_request(space, texts).within(job), strict=True)) if texts else {}


def _is_wanted(request: Request[TakenOut], plan: Plan) -> bool:
    """Whether it was asked for, in this session, by anybody before, or by the link; else the button is drawn.

    The link then says whether it is there, so that whoever opens it elsewhere gets it too.
    """
    by_link = st.session_state.setdefault(BY_LINK, request.key if link.read(RUN) == "1" else "") == request.key
    place = st.empty()
    with place.container(border=True):
        st.markdown(f"**{METHODS[plan.method]} debiasing, and everything measured before and after**")
        st.caption(
            f"Runs {len(plan.probes)} probes and the check of Gonen & Goldberg (2019) over the vectors as they are and "
            "as they would be. It takes from seconds to a minute; the vectors themselves are not changed anywhere."
        )
        asked = by_link or wanted(request, "Take it out and look", key="take_out", primary=True)
    if asked:
        place.empty()
    link.write(RUN, "1" if asked else "")
    link.show({RUN: ""})
    return asked


def _results(space: Space, typed: Typed, plan: Plan, found: TakenOut) -> None:
    settings = settings_of(
        space,
        method=METHODS[plan.method],
        templates=" | ".join(TEMPLATES["any word"]) if any(each.probe == "SEAT" for each in plan.probes) else "",
        pairs=typed.written,
        kept_words=", ".join(map(str, plan.keep)),
        neutral_words=", ".join(typed.words),
        seed=found.seed,
    )
    show_verdict(debias_verdict(found), LOOKS)
    st.caption(escape(what_was_done(found)))
    if found.remaining is None:
        _tests(found)
    else:
        left, right = st.columns(2, gap="large")
        with left:
            _told(found, found.remaining, settings)
        with right:
            _tests(found)
        _drawn(space.collection, typed.ends, found, found.remaining, settings)
    if found.probes:
        st.markdown("**Every probe before and after**")
        show_table(probes(found, settings))


def _told(found: TakenOut, remaining: Remaining, settings: Mapping[str, Setting]) -> None:
    st.markdown("**Can the side of a word still be told?**")
    show_chart(
        remaining_chart(remaining, colours=page_colours()),
        key="remaining_chart",
        alt="What a classifier, clusters and neighbours tell before and after debiasing",
    )
    st.caption("Dotted: chance, for classifier and clusters. For neighbours, 0 is none.")
    width = st.column_config.NumberColumn(format="%.3f", width=76)
    table = Table(
        remaining_table(found),
        "The check of Gonen and Goldberg before and after",
        dict.fromkeys(("before", "after", "chance"), width),
        label="The check (CSV)",
        file="what_remains.csv",
        settings=settings,
    )
    show_twin("The check as a table", lambda: table, key="remaining_twin")


def _tests(found: TakenOut) -> None:
    tests = [each for each in found.probes if each.asked.probe in ASSOCIATIONS]
    if tests:
        st.markdown("**Association tests before and after**")
        show_chart(
            effects_chart(tests, colours=page_colours()),
            key="tests_chart",
            alt="Effect sizes of association tests before and after debiasing, with intervals",
        )
        st.caption("An effect that changes sign was covering another association, which goes the other way.")
    for name, reason in found.refused:
        st.caption(f":material/block: {escape(name.partition(':')[0])} could not run: {escape(reason)}")


def _drawn(
    collection: Collection, ends: tuple[str, str], found: TakenOut, told: Remaining, settings: Mapping[str, Setting]
) -> None:
    """The most biased words in two drawings."""
    names = [collection.text(row) for row in _most_biased(told).tolist()]
    st.markdown(f"**The {len(names):,} {several(collection)} that leant most, before and after**")
    for column, name, places, share in zip(
        st.columns(2, gap="large"), ("before", "after"), found.maps, told.clusters, strict=True
    ):
        with column:
            st.markdown(name.capitalize())
            show_chart(
                words_chart(places, names, ends, colours=page_colours()),
                key=f"words_{name}",
                alt=f"The most biased words {name} debiasing, coloured by the side that they leant to",
            )
            st.caption(cluster_caption(share, len(names)))
    table = words_table(collection, found, ends)
    csv_button("These words and places (CSV)", lambda: table, "most_biased.csv", settings)


def remaining_chart(found: Remaining, *, colours: Colours) -> go.Figure:
    """The three checks of Gonen & Goldberg before and after; dotted where nothing can be told: half, and 0 for r."""
    bars = []
    for name, tint, opacity, side in (("before", colours.other, 0.75, 0), ("after", colours.accent, 1.0, 1)):
        told, unsaid = found.classifier[side], [np.nan, np.nan]
        values = [told.share, found.clusters[side], found.neighbours[side]]
        bars.append(
            go.Bar(
                x=list(CHECKS),
                y=values,
                name=name,
                marker={"color": tint, "opacity": opacity},
                error_y=whiskers(values, [told.low, *unsaid], [told.high, *unsaid], colours.ink, thickness=1.5),
                text=[f"{value:.2f}" for value in values],
                textposition="inside",
                insidetextanchor="start",
                hovertemplate=f"%{{x}}: %{{y:.2f}}<extra>{name}</extra>",
            )
        )
    chart = figure(*bars, barmode="group", y={"range": [min(0.0, *found.neighbours), 1.04], "title": "share, or r"})
    line = {"color": colours.other, "width": 1.5, "dash": "dot"}
    return chart.add_shape(type="line", x0=-0.5, x1=1.5, y0=CHANCE, y1=CHANCE, line=line)


def effects_chart(compared: Sequence[Compared], *, colours: Colours) -> go.Figure:
    """Effect sizes of the association tests before and after, with their 95 % intervals."""
    traces = []
    for name, tint, symbol, side in (
        ("before", colours.other, "circle-open", 0),
        ("after", colours.accent, "circle", 1),
    ):
        figures = [each.figures[side] for each in compared]
        values = [each.value for each in figures]
        low, high = ([each.interval[end] for each in figures] for end in (0, 1))
        traces.append(
            go.Scatter(
                x=values,
                y=np.arange(len(compared)) + (0.14 if side else -0.14),
                mode="markers",
                marker={"color": tint, "size": 10, "symbol": symbol, "line": {"width": 2}},
                error_x=whiskers(values, low, high, tint, thickness=1.5, width=0),
                hovertemplate=f"d = %{{x:.2f}}<extra>{name}</extra>",
                name=name,
            )
        )
    chart = figure(
        *traces,
        height=110 + 54 * len(compared),
        x={"title": "effect size d with its 95 % interval", "range": [-2.05, 2.05]},
        y=named_rows([_called(each.asked) for each in compared], length=40),
    )
    return chart.add_vline(x=0, line={"color": colours.other, "width": 1.2, "dash": "dot"})


def _called(asked: Asked) -> str:
    """What an association test is called beside its bars: by its number, or by its pictures."""
    name, _, title = asked.title.partition(": ")
    return shorten(title, 22) if asked.probe == "iEAT" else name


def words_chart(places: Vectors, names: Sequence[str], ends: tuple[str, str], *, colours: Colours) -> go.Figure:
    """The most biased words: the first half leant to the high end, the second to the low one."""
    half, palette = len(places) // 2, colours.diverging
    sides = ((ends[1], slice(0, half), palette[-2], "circle"), (ends[0], slice(half, None), palette[1], "diamond"))
    traces = [
        go.Scattergl(
            x=places[part, 0],
            y=places[part, 1],
            mode="markers",
            marker={"color": tint, "size": 6, "symbol": symbol, "opacity": 0.75},
            text=[chart_text(name, 40) for name in names[part]],
            hovertemplate="%{text}<extra></extra>",
            name=f"leant to {chart_text(end, 40)}",
        )
        for end, part, tint, symbol in sides
    ]
    bare = {"showticklabels": False}
    return figure(*traces, height=340, x=bare, y={**bare, "scaleanchor": "x", "scaleratio": 1})


def probes(found: TakenOut, settings: Mapping[str, Setting]) -> Table:
    """Every probe before and after, and what a larger value means."""
    specs = [PROBES[each.asked.probe] for each in found.probes]
    lines = pa.table(
        {
            "probe": [each.asked.title for each in found.probes],
            **{name: [_text(each, side) for each in found.probes] for side, name in enumerate(("before", "after"))},
            "no bias": [f"{spec.none:g}" for spec in specs],
            "larger means": [spec.larger for spec in specs],
        }
    )
    return Table(
        lines,
        "Every probe before and after debiasing",
        {"probe": 280, "larger means": st.column_config.TextColumn(width="large")},
        height=1_000,
        caption="p is two-sided, where the probe has one. “No bias” is the value without any.",
        label="Every probe (CSV)",
        file="debias_probes.csv",
        whole=lambda: probe_numbers(found),
        settings=settings,
    )


def words_table(collection: Collection, found: TakenOut, ends: tuple[str, str]) -> pa.Table:
    """The most biased words with their side, lean and places in both drawings."""
    if found.remaining is None:
        return pa.table({"word": []})
    rows, half = _most_biased(found.remaining), len(found.remaining.first)
    along = found.direction.along[rows]
    then = {
        "leant to": [ends[1]] * half + [ends[0]] * (len(rows) - half),
        "cosine before": along,
        "from the middle before": along - np.float32(found.direction.middle),
        **{
            f"{axis} {name}": places[:, place]
            for name, places in zip(("before", "after"), found.maps, strict=True)
            for place, axis in enumerate("xy")
        },
    }
    return items_of(collection, rows, then=then, cut=200, numbered=False).rename_columns({"item": "word"})


def _most_biased(remaining: Remaining) -> np.ndarray:
    return np.concatenate([remaining.first, remaining.second])


def _text(each: Compared, side: int) -> str:
    figure = each.figures[side]
    value = number(figure.value)
    return value if np.isnan(figure.p_value) else f"{value} ({p_is(figure.p_value)})"


def debias_verdict(found: TakenOut) -> Verdict:
    """Whether the bias is hidden, weaker or no longer told, by the classifier of Gonen & Goldberg."""
    if found.remaining is None:
        return Verdict(found.standing, "Whether it is gone cannot be checked here", found.why_not)
    told, lean = _told_sentence(found.remaining), found.lean
    heading, sentence = {
        "was not there": (
            "The sides could not be told apart before either",
            f"{told} So there is nothing that debiasing could have taken out.",
        ),
        "gone": (
            "This classifier no longer tells the sides apart",
            f"{told} That does not show that all is gone: another classifier may succeed.",
        ),
        "hidden": (
            "It is hidden, not removed",
            f"The items’ cosines with the direction shrank from {lean.before:.3f} to {lean.after:.3f} on average, and "
            f"yet {told[:1].lower()}{told[1:]}",
        ),
        "weaker": ("It is weaker, not gone", told),
    }[found.standing]
    return Verdict(found.standing, heading, sentence)


def _told_sentence(remaining: Remaining) -> str:
    before, after = remaining.classifier
    return (
        f"A classifier tells the side of {100 * after.share:.0f} % [{100 * after.low:.0f}, {100 * after.high:.0f}] of "
        f"the items that leant most, {100 * before.share:.0f} % before; half would be chance. Their neighbours go with "
        f"the old lean at r = {number(remaining.neighbours.after, '.2f')}, "
        f"{number(remaining.neighbours.before, '.2f')} before."
    )


def what_was_done(found: TakenOut) -> str:
    """What was taken out, and of how many."""
    many = "1 direction" if found.directions == 1 else f"{found.directions} directions"
    kept = f"; {found.kept} items kept their vectors" if found.kept else ""
    rounds = ""
    if len(found.accuracies):
        told = " → ".join(f"{100 * share:.0f} %" for share in found.accuracies)
        rounds = f" Right on words held out, before each round and after the last: {told}."
    return f"{found.method.capitalize()}: {many} taken out of all vectors{kept}.{rounds}"


def cluster_caption(share: float, count: int) -> str:
    """What stands below a drawing."""
    return f"Two K-means clusters put {100 * share:.0f} % of these {count:,} on their side (chance is 50 %)."
