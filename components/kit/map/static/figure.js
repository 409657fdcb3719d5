// The Plotly figure of a map: greyed points behind, coloured points in front, nothing else.

import { SHAPES } from "./colours.js"

const PADDING = 0.05
export const EYE = { x: 1.22, y: 1.22, z: 0.68 }
export const CENTRE = { x: 0, y: 0, z: -0.12 }

export function pointSize(data, shown) {
  if (data.dims === 3) return shown > 10000 ? 2.5 : shown > 2000 ? 3.5 : 5
  return shown > 20000 ? 3.5 : shown > 8000 ? 4.5 : shown > 2000 ? 6 : shown > 300 ? 8 : 10
}

export function traces(state) {
  const { data, points, layers, theme, webgl } = state
  const type = !webgl ? "scatter" : data.dims === 3 ? "scatter3d" : "scattergl"
  const trace = (chosen, marker) => ({
    type,
    mode: "markers",
    hoverinfo: "skip",
    showlegend: false,
    x: pick(points.x, chosen),
    y: pick(points.y, chosen),
    ...(type === "scatter3d" ? { z: pick(points.z, chosen) } : {}),
    marker: { ...marker, line: { width: 0 } },
  })
  const size = sizesOf(state)
  return [
    trace(layers.back, { color: theme.dim, opacity: 0.3, size: part(size, layers.back) }),
    trace(layers.front, {
      ...colourOf(state),
      opacity: state.points.count > 8000 ? 0.7 : 0.85,
      size: part(size, layers.front),
    }),
  ]
}

function colourOf({ painted, layers, shaped }) {
  const { table, places } = painted
  if (!places) return { color: table[0] }
  const color = Float32Array.from(layers.front, (i) => places[i] + 0.5)
  const marker = { color, cmin: 0, cmax: table.length, colorscale: steps(table), showscale: false }
  if (shaped) marker.symbol = layers.front.map((i) => SHAPES[places[i]] ?? "circle")
  return marker
}

function steps(table) {
  const k = table.length
  return table.flatMap((colour, i) => [
    [i / k, colour],
    [(i + 1) / k, colour],
  ])
}

function sizesOf({ data, points, sizeValues }) {
  const plain = pointSize(data, points.count)
  if (!sizeValues) return plain
  const high = data.sizes.high || 1
  return Float32Array.from(points.rows, (row) => plain * (0.5 + 2 * Math.sqrt(Math.max(0, sizeValues[row] || 0) / high)))
}

function part(size, chosen) {
  return typeof size === "number" ? size : pick(size, chosen)
}

function pick(values, chosen) {
  return chosen.length === values.length ? values : Float32Array.from(chosen, (i) => values[i])
}

// The ranges that show all points, with the same scale on every axis; `top` pixels of a plane stay free.
export function fit(points, width, height, { padding = PADDING, top = 0 } = {}) {
  const middle = points.low.map((low, k) => (low + points.high[k]) / 2)
  const spans = points.low.map((low, k) => points.high[k] - low)
  if (points.dims === 3) {
    const half = (Math.max(...spans) || 1) * (0.5 + padding)
    return middle.map((at) => [at - half, at + half])
  }
  const unit = (Math.max(spans[0] / width, spans[1] / (height - top)) || 1 / width) * (1 + 2 * padding)
  const [across, up] = [(unit * width) / 2, (unit * (height - top)) / 2]
  return [
    [middle[0] - across, middle[0] + across],
    [middle[1] - up, middle[1] + up + unit * top],
  ]
}

export function margins(data) {
  return data.axes.length && data.dims === 2 ? { l: 30, r: 8, t: 8, b: 30, pad: 0 } : { l: 0, r: 0, t: 0, b: 0, pad: 0 }
}

export function layout(state, ranges) {
  const { data, theme } = state
  const flat = data.dims === 2 || !state.webgl
  const axis = (k) => ({
    visible: data.axes.length > 0,
    showgrid: false,
    zeroline: false,
    showline: false,
    showticklabels: false,
    ticks: "",
    showspikes: false,
    showbackground: false,
    title: { text: plain(data.axes[k] ?? ""), font: { size: 12, color: theme.faint }, standoff: 6 },
    color: theme.faint,
    range: ranges[k],
    autorange: false,
  })
  const common = {
    autosize: true,
    margin: margins(data),
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: theme.font, color: theme.text },
    hovermode: false,
    showlegend: false,
    uirevision: "kept",
  }
  if (flat) {
    return {
      ...common,
      dragmode: "pan",
      images: state.density ? [density(state)] : [],
      xaxis: axis(0),
      yaxis: { ...axis(1), scaleanchor: "x", scaleratio: 1 },
    }
  }
  const wall = { visible: true, showgrid: true, gridcolor: theme.grid, gridwidth: 1, nticks: 6, showbackground: true }
  const box = (k, backgroundcolor) => ({ ...axis(k), ...wall, backgroundcolor })
  return {
    ...common,
    scene: {
      aspectmode: "cube",
      dragmode: "turntable",
      hovermode: false,
      bgcolor: "rgba(0,0,0,0)",
      camera: { eye: EYE, center: CENTRE },
      xaxis: box(0, theme.wall),
      yaxis: box(1, theme.wall),
      zaxis: box(2, theme.floor),
    },
  }
}

function density({ density: { source, view } }) {
  return {
    source,
    xref: "x",
    yref: "y",
    x: view[0],
    y: view[3],
    sizex: view[1] - view[0],
    sizey: view[3] - view[2],
    sizing: "stretch",
    layer: "below",
  }
}

// Plotly reads a little HTML in titles; a title of ours is text.
function plain(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;")
}

export const CONFIG = {
  displayModeBar: false,
  displaylogo: false,
  doubleClick: false,
  scrollZoom: true,
  showTips: false,
  responsive: false,
  showAxisDragHandles: false,
  showAxisRangeEntryBoxes: false,
}
