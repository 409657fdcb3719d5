"""Bytes against neighbours: the view of smaller vectors, its parts alone and on the page."""

from driving import said, settle

from components.kit.colours import LIGHT
from components.views.smaller import lost_table, recall_chart, recalls, way_name
from embeddings.compression import Setting, compress, compression_recall, lost_neighbours


def test_smaller_vectors_begin_with_a_slider_and_show_what_an_item_loses(open_compare, spaces):
    app = open_compare(compare="Smaller", item="7")
    assert not app.exception
    cut = spaces[0].dimension // 4
    assert app.slider(key="dimensions").value == cut
    assert f"first components: {cut}" in said(app)
    assert "not known to be trained for truncation" in said(app)
    app.selectbox(key="smaller_by").set_value("principal components")
    app = settle(app.run())
    app.slider(key="dimensions").set_value(20)
    app = settle(app.run())
    assert not app.exception
    setting = Setting("principal components", 20)
    row = compression_recall(spaces[0], [setting])[0]
    lost = lost_neighbours(spaces[0], compress(spaces[0], setting), 6)
    assert f"**{10 * row.recall:.1f} of 10** neighbours are found" in said(app)
    assert f"loses **{len(lost.lost)}**" in said(app)


def test_smaller_vectors_have_their_price(one):
    rows = compression_recall(one)
    table = recalls(rows, 10, {"encoder": "x"}).lines.to_pydict()
    assert table["vectors"][0] == "float32"
    assert table["of 10 found"][0] == 10
    assert table["times smaller"][3] == 32
    assert way_name(Setting("binary, rescored", 10)) == "binary, rescored × 10"
    assert way_name(Setting("first components", 96)) == "first components: 96"
    chart = recall_chart(rows, rows[2], LIGHT)
    assert chart.layout.xaxis.type == "log"
    assert chart.data[-1].x == (rows[2].bytes_per_item,)
    lost = lost_neighbours(one, compress(one, Setting("binary")), 3)
    before_and_after = lost_table(one.collection, lost).to_pydict()
    assert sum(name.startswith("× lost") for name in before_and_after["by float32"]) == len(lost.lost)
    assert sum(name.startswith("● new") for name in before_and_after["by the smaller vectors"]) == len(lost.wrong)
