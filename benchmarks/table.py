"""All benchmarks by name, and how their results are printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from benchmarks.figure import Benchmark, Figure, Measured, compared, met, reach

PLOTLY = "st.plotly_chart (scattergl, float32)"
COLLECTING = "Streamlit's full collection after each run"
# Embedding Atlas 0.26, command line, the same kind of file of 2,000 texts, from its start to its page answering, model
# load included: 89 s, measured once on two cores. It is no dependency of ours and is not run here.
RIVAL_SECONDS = 89.0
# gensim's own evaluation of MiniLM over these words, measured before any of our code: 4,859 of 7,268 questions.
ANALOGIES_EXPECTED = 0.6685

BENCHMARKS: dict[str, Benchmark] = {
    "encoding": Benchmark(
        "benchmarks.encoding",
        (
            Figure("encoding 2,000 texts of 4 to 40 words", "SentenceTransformer(path).encode as it comes",
                   "speed-up", 2.0, "at least", needs="avx512_bf16"),
            Figure("… mean cosine with the baseline's vectors", "—", "value", 0.999, "at least", ""),
        ),
    ),
    "images": Benchmark(
        "benchmarks.images",
        (
            Figure("200 photographs of 2 to 12 million pixels, from their files to CLIP vectors (ViT-B-32)",
                   "plain loop of open_clip: PIL.open, preprocess, encode_image, batches of 32",
                   "speed-up", 1.5, "at least", needs="avx512_bf16"),
            Figure("… encoding the kept pictures alone", "the same loop over the kept pictures",
                   "speed-up", None, "printed"),
            Figure("… mean cosine with the baseline's vectors", "—", "value", 0.99, "at least", ""),
        ),
    ),
    "umap": Benchmark(
        "benchmarks.first_umap",
        (
            Figure("first UMAP of 12,000 × 384, fresh process", 'umap.UMAP(metric="cosine"), fresh process',
                   "share", 0.4, "at most"),
            Figure("… with the app warmed up", 'umap.UMAP(metric="cosine"), fresh process', "share", 0.2, "at most"),
            Figure("… trustworthiness (k = 15)", "the baseline's map",
                   "difference", -0.01, "at least", ""),
        ),
    ),
    "graph": Benchmark(
        "benchmarks.neighbour_graph",
        (
            Figure("exact k-NN graph 12,000 × 384, k = 15", "scikit-learn NearestNeighbors(brute, cosine)",
                   "share", 0.5, "at most"),
        ),
    ),
    "nearest": Benchmark(
        "benchmarks.nearest_items",
        (
            Figure("nearest in 100,000 × 384", "one NumPy matrix-vector product plus argpartition",
                   "share", 1.5, "at most", "ms"),
        ),
    ),
    "reopening": Benchmark(
        "benchmarks.reopening",
        (
            Figure("opening a stored 10,000-item collection, to data ready for the map",
                   "computing it the first time, workers warm", "share", 0.03, "at most"),
        ),
    ),
    "map": Benchmark(
        "benchmarks.map_drawing",
        (
            Figure("map of 100,000 points: first draw", PLOTLY, "share", 0.5, "at most"),
            Figure("… colour change", PLOTLY, "share", 0.5, "at most"),
            Figure("… WebSocket bytes of that rerun", PLOTLY, "value", 10.0, "at most", "kB"),
        ),
    ),
    "filtering": Benchmark(
        "benchmarks.filtering",
        (
            Figure("a brush on 200,000 rows × 5 columns: rows kept and all charts counted",
                   "pandas doing the same over the same bars", "share", 1.0, "at most", "ms"),
            Figure("… alone", "—", "value", 150.0, "at most", "ms"),
        ),
    ),
    "visitors": Benchmark(
        "benchmarks.waiting_visitors",
        (
            Figure("light page's rerun (p50) while 20 visitors wait for 200 ms jobs", "the same page, idle server",
                   "share", 2.0, "at most", "ms"),
        ),
    ),
    "class": Benchmark(
        "benchmarks.classroom",
        (
            Figure("30 visitors who act every 4.5 s: answer (p50)", "—", "value", 50.0, "at most", "ms"),
            Figure("… against the same build", COLLECTING, "speed-up", 50.0, "at least", "ms"),
            Figure("… answer (p95)", COLLECTING, "value", 250.0, "at most", "ms"),
            Figure("… answers given", COLLECTING, "share", None, "printed", ""),
            Figure("… health check (p95)", COLLECTING, "value", 20.0, "at most", "ms"),
            Figure("… memory of the web process at the end", COLLECTING, "difference", None, "printed", "MB"),
            Figure("200 sessions that open, click and go: growth of its memory", COLLECTING, "value", 60.0, "at most",
                   "MB"),
            Figure("a tab that waits 10 s for a job: its processor time", COLLECTING, "value", 1.0, "at most"),
        ),
    ),
    "faults": Benchmark(
        "benchmarks.faults",
        (
            Figure("all workers killed while they encode 2,000 texts: until the map is there", "—", "value", 90.0,
                   "at most"),
            Figure("disk full while a collection is brought: the same button once there is room", "—", "value", 60.0,
                   "at most"),
            Figure("tab closed after six maps were asked for: the next visitor's map", "the same, undisturbed",
                   "value", 45.0, "at most"),
            Figure("40 visitors wait for maps: a typed text is found by its meaning", "the same, undisturbed",
                   "value", 10.0, "at most"),
            Figure("local scheduler killed: until the next map is there", "—", "value", 90.0, "at most"),
            Figure("web server killed while it encodes 2,000 texts: from its next start to their map", "—", "value",
                   90.0, "at most"),
        ),
    ),
    "upload": Benchmark(
        "benchmarks.upload_to_map",
        (
            Figure("2,000 texts to a drawn UMAP map, from the start of the server",
                   "Embedding Atlas 0.26 command line (recorded)", "share", 0.25, "at most"),
            Figure("… of it, from the upload on", "Embedding Atlas 0.26 command line (recorded)",
                   "share", None, "printed"),
        ),
    ),
    "start": Benchmark(
        "benchmarks.server_start",
        (
            Figure("start of the server to a drawn first page, empty store", "—", "value", None, "printed"),
            Figure("… later starts", "—", "value", None, "printed"),
            Figure("… torch libraries mapped by the web process", "—", "value", 0.0, "at most", ""),
        ),
    ),
    "thumbnails": Benchmark(
        "benchmarks.thumbnails",
        (
            Figure("1,000 thumbnails of 128 pixels as WebP", "Pillow's Image.thumbnail, one by one", "speed-up", 1.0,
                   "at least"),
            Figure("… 1,000 cells of 64 pixels in the map's sheets", "the same", "speed-up", None, "printed"),
        ),
    ),
    "ingesting": Benchmark(
        "benchmarks.ingesting",
        (
            Figure("2,000 photographs of 12 megapixels from a folder to a saved collection: largest peak of a process",
                   "—", "value", 600.0, "at most", "MB"),
            Figure("… photographs a second", "—", "value", None, "printed", ""),
            Figure("… kept pictures", "—", "value", None, "printed", "MB"),
        ),
    ),
    "analogies": Benchmark(
        "benchmarks.analogies",
        (
            Figure("Google analogy accuracy, frequent words, MiniLM", "expected (gensim, before our code)",
                   "distance", 0.01, "at most", ""),
        ),
    ),
    "questions": Benchmark(
        "benchmarks.analogy_questions",
        (
            Figure("19,544 analogy questions over 12,000 × 384, with four baselines beside them",
                   "gensim evaluate_word_analogies (without)", "speed-up", 5.0, "at least"),
            Figure("… questions answered as expected", "gensim evaluate_word_analogies", "distance", 0.0005, "at most",
                   ""),
        ),
    ),
    "association": Benchmark(
        "benchmarks.association_test",
        (
            Figure("100,000 permutations of 25 + 25 words", "NumPy, one draw after another", "speed-up", 5.0,
                   "at least"),
            Figure("… the whole association test, 25 + 25 by 25 + 25 words, with intervals", "—", "value", 2.0,
                   "at most"),
            Figure("… p-value", "the same loop", "distance", 0.01, "at most", ""),
        ),
    ),
    "trust": Benchmark(
        "benchmarks.trusting",
        (
            Figure("trustworthiness and continuity of five maps of 5,000 × 384, k = 15",
                   "scikit-learn trustworthiness, both ways round, map by map", "speed-up", 5.0, "at least"),
            Figure("… of one map", "the same", "speed-up", None, "printed"),
            Figure("… largest memory on the way", "the same", "share", 0.1, "at most", "MB"),
            Figure("… largest difference from its scores", "—", "value", 1e-7, "at most", ""),
        ),
    ),
    "clusters": Benchmark(
        "benchmarks.clusters",
        (
            Figure("K-means of 10,000 × 384, k = 10, 10 starts", "scikit-learn KMeans(10, n_init=10)", "share", 1.0,
                   "at most"),
            Figure("HDBSCAN of 12,000 × 384, its neighbour graph included",
                   'scikit-learn HDBSCAN(algorithm="brute")', "share", 1.2, "at most"),
            Figure("… against its quickest way", 'scikit-learn HDBSCAN(metric="cosine")', "share", 1.2, "at most"),
        ),
    ),
}  # fmt: skip

HEADINGS = ("what", "ours", "baseline", "baseline's figure", "ratio", "reach", "met?", "runs")


def row(figure: Figure, measured: Measured, flags: frozenset[str]) -> tuple[str, ...]:
    """One line of the table as texts, in the order of the headings."""
    ratio = "" if figure.compare == "value" else f"{compared(figure, measured):.3g}"
    answer = {True: "yes", False: "NO", None: "—"}[met(figure, measured, flags)]
    other = "" if measured.baseline is None else _amount(measured.baseline, figure.unit)
    ours = _amount(measured.ours, figure.unit)
    return figure.what, ours, figure.baseline, other, ratio, reach(figure), answer, measured.runs


def markdown(rows: Iterable[Sequence[str]]) -> str:
    """Rows under the headings as a Markdown table with aligned columns."""
    lines = [HEADINGS, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADINGS))]
    lines.insert(1, tuple("-" * width for width in widths))
    padded = (" | ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)) for line in lines)
    return "\n".join(f"| {line} |" for line in padded)


def _amount(value: float, unit: str) -> str:
    if not unit:
        return f"{value:.5g}"
    return f"{value:.3g} {unit}" if value < 1000 else f"{value:,.0f} {unit}"
