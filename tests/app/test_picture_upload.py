"""Pictures on the Data page: brought as an archive, as files or from a folder; understood, then mapped."""

import pytest
from driving import press, said, settle
from pictures import encoded, photograph, plain, zipped

from components.kit import caching
from components.views.preview import about, label_table, spread
from components.views.upload import SETTING, together, within_allowed
from embeddings.errors import Cancelled, ReadError
from embeddings.jobs.job import Job
from embeddings.reading import in_workers as reading_job
from embeddings.reading import read
from embeddings.reading.in_workers import read_pictures

PETS = {"cats/1.png": plain("red"), "cats/2.png": plain("red"), "dogs/1.png": plain("blue"), "x.svg": b"<svg/>"}


def bring(open_page, *files):
    app = open_page("data.py")
    app.file_uploader[0].set_value(list(files))
    app = settle(app.run())
    assert not app.exception
    return app


def show_the_map(app):
    app = press(app, "Show the map")
    assert not app.exception
    saved = caching.store().find(str(app.query_params["collection"]))
    return caching.store().load(saved.fingerprint, saved.name)


def test_an_archive_is_understood_and_opened(open_page):
    app = bring(open_page, ("pets.zip", zipped(PETS), "application/zip"))
    assert [metric.value for metric in app.metric] == ["3", "2", "1", "1"]
    frames = [frame.value for frame in app.dataframe]
    counts = next(frame for frame in frames if list(frame.columns) == ["label", "pictures"])
    assert counts.values.tolist() == [["cats", 2], ["dogs", 1]]
    unread = next(frame for frame in frames if frame.columns[0] == "file")
    assert unread["file"].tolist() == ["x.svg"]
    assert "SVG drawing" in unread.iloc[0, 1]
    collection = show_the_map(app)
    assert (collection.name, collection.kinds, len(collection)) == ("pets", ("image",), 3)
    assert collection.column("label").to_pylist() == ["cats", "cats", "dogs"]


def test_several_pictures_are_one_collection(open_page):
    app = bring(open_page, *((f"{n}.png", plain((n, 0, 0)), "image/png") for n in range(3)))
    assert app.metric[0].value == "3"
    assert show_the_map(app).column("file").to_pylist() == ["0.png", "1.png", "2.png"]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ([("a.svg", b"<svg/>", "image/svg+xml")], "“a.svg” is an SVG drawing"),
        ([("a.png", b"nothing", "image/png")], "“a.png” is not a picture"),
        ([("a.zip", zipped({"data.csv": b"a,b"}), "application/zip")], "“data.csv” is not a picture by its name"),
        ([("a.zip", b"PK", "application/zip")], "“a.zip” is not a ZIP archive, or it is damaged"),
        ([("a.png", plain(), ""), ("b.csv", b"a", "")], "“b.csv” is none"),
        ([("a.png", plain(), ""), ("b.zip", zipped(PETS), "")], "Bring “b.zip” by itself"),
    ],
)
def test_what_cannot_be_used_is_answered_beside_it(open_page, files, message):
    assert message in said(bring(open_page, *files))


def test_pictures_only_go_together():
    assert together(["a.csv"]) is together(["a.png", "b.JPG"]) is None
    assert "“b.txt” is none" in str(together(["a.png", "b.txt"]))


# --- folders of the server


def test_there_is_no_field_for_folders_unless_some_are_allowed(open_page, monkeypatch):
    monkeypatch.delenv(SETTING, raising=False)
    assert "Folder on this server" not in open_page("data.py").segmented_control(key="bring").options


@pytest.fixture
def allowed(tmp_path, monkeypatch):
    root = tmp_path / "allowed"
    for name, content in PETS.items():
        (root / "pets" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / "pets" / name).write_bytes(content)
    (root / "pets.zip").write_bytes(zipped(PETS))
    (root / "notes.txt").write_text("x")
    (tmp_path / "secret").mkdir()
    (tmp_path / "allowed-not").mkdir()
    (root / "way out").symlink_to(tmp_path / "secret")
    monkeypatch.setenv(SETTING, f"{tmp_path / 'none'}:{root}")
    return root


@pytest.mark.parametrize(
    "typed", ["pets", "pets/cats", "./pets", "pets/../pets", "pets.zip", "", "{root}/pets", "{root}"]
)
def test_what_lies_in_an_allowed_folder_may_be_read(allowed, typed):
    path = within_allowed(typed.format(root=allowed))
    assert path == (allowed / typed.format(root=allowed)).resolve()


@pytest.mark.parametrize(
    "typed",
    [
        "..",
        "../secret",
        "/",
        "/etc",
        "~",
        "way out",
        "{root}/../secret",
        "{root}-not",
        "notes.txt",
        "none",
        "a\0b",
        "x" * 5000,
    ],
)
def test_nothing_else_may_be_read_and_the_answer_does_not_tell_why(allowed, typed):
    with pytest.raises(ReadError, match="among those that this server may read"):
        within_allowed(typed.format(root=allowed))


def test_a_folder_of_the_server_is_read(open_page, allowed):
    app = open_page("data.py")
    app.segmented_control(key="bring").set_value("Folder on this server").run()
    for typed, expected in (("../secret", "There is no folder or ZIP “../secret”"), ("pets", "")):
        app.text_input(key="folder_path").set_value(typed)
        app = press(app, "Read the pictures")
        assert not app.exception
        assert expected in said(app)
    assert app.metric[0].value == "3"
    assert show_the_map(app).name == "pets"


# --- the job


def test_the_job_reads_what_the_function_reads_with_true_progress(tmp_path, monkeypatch):
    monkeypatch.setattr(reading_job, "CHUNK", 4)
    files = {f"{n % 3}/{n}.png": plain((n, 0, 0)) for n in range(21)}
    path = tmp_path / "x.zip"
    path.write_bytes(zipped(files))
    for source in (path, path.read_bytes()):
        job = Job("test")
        found = read_pictures(source, "x.zip", job)
        assert found.fingerprint == read(path).fingerprint
        assert (job.stage, job.done, job.total) == ("Reading the pictures", 21, 21)


def test_a_cancelled_job_stops_between_chunks(monkeypatch):
    monkeypatch.setattr(reading_job, "CHUNK", 1)
    files = [(f"{n}.jpg", encoded(photograph(n), "JPEG")) for n in range(12)]
    job = Job("test")
    job.join("visitor")
    advance = job.advance
    monkeypatch.setattr(job, "advance", lambda by: (advance(by), job.leave("visitor")))
    with pytest.raises(Cancelled):
        read_pictures(files, "12 pictures", job)
    assert 0 < job.done < 12


# --- the preview's parts


def test_formats_sizes_and_memory_are_said():
    collection = read(zipped({"a.png": plain(), "b.JPG": encoded(photograph(), "JPEG")}), name="x.zip")
    kept = sum(map(len, collection.items)) // 1000
    assert about(collection) == f"1 .png and 1 .jpg · from 20 × 10 to 1,600 × 1,200 pixels · kept in {kept} kB"
    assert label_table(collection) is None


def test_files_beside_the_folders_have_no_label():
    collection = read(zipped({"a.png": plain(), "cats/b.png": plain()}), name="x.zip")
    assert label_table(collection).to_pylist() == [
        {"label": "(none)", "pictures": 1},
        {"label": "cats", "pictures": 1},
    ]


def test_rows_are_taken_from_the_whole():
    assert spread(3, 40) == [0, 1, 2]
    rows = spread(1000, 40)
    assert (len(set(rows)), rows[0], rows[-1]) == (40, 0, 999)
