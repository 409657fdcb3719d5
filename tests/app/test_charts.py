"""A chart as every page shows it, and the table beside it, filled only when it is opened."""

from streamlit.testing.v1 import AppTest


def page():
    import plotly.graph_objects as go
    import streamlit as st

    from components.kit.charts import show_chart, table_twin

    with st.columns(2)[1]:
        show_chart(go.Figure(go.Scatter(x=[1], y=[2])), key="dots", alt="One dot")
        twin = table_twin("The dot as a table", key="twin")
    if twin.open:
        twin.text("1, 2")


def test_a_chart_has_no_buttons_over_it_and_says_what_it_shows():
    app = AppTest.from_function(page, default_timeout=60).run()
    assert not app.exception
    (chart,) = app.columns[1].get("plotly_chart")
    assert '"displayModeBar": false' in chart.proto.config
    assert chart.proto.id.endswith("-dots")
    assert "One dot" in str(chart.proto)


def test_a_table_twin_is_closed_and_empty_until_it_is_opened():
    app = AppTest.from_function(page, default_timeout=60).run()
    (twin,) = app.columns[1].expander
    assert (twin.label, twin.icon, twin.proto.expanded) == ("The dot as a table", ":material/table:", False)
    assert not app.text
    app.session_state["twin"] = True
    app.run()
    assert [each.value for each in app.expander[0].text] == ["1, 2"]
