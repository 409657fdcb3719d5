// Which colour each point has, and which points step back behind the others.

import { rgb } from "./theme.js"

const STEPS = 64
const MOST_SHAPES = 8
const MOST_SHAPED_POINTS = 5000
export const SHAPES = ["circle", "square", "diamond", "triangle-up", "cross", "x", "triangle-down", "star"]

// A table of colours and, for each drawn point, a place in it; the last place is "missing".
export function paint(colour, codes, points, theme) {
  const colours = colour.colours[theme.name]
  const missing = colour.missing[theme.name][0]
  if (!codes) return { table: [colours[0]], places: null, missing: -1 }
  const table = colour.kind === "numeric" ? ramp(colours) : [...colours]
  const last = table.length
  table.push(missing)
  const places = new Uint8Array(points.count)
  const span = colour.high - colour.low
  for (let i = 0; i < points.count; i++) {
    const code = codes[points.rows[i]]
    if (Number.isNaN(code)) places[i] = last
    else if (colour.kind === "categorical") places[i] = code
    else {
      const share = span > 0 ? (code - colour.low) / span : 0.5
      places[i] = Math.min(last - 1, Math.max(0, Math.floor(share * last)))
    }
  }
  return { table, places, missing: last }
}

function ramp(stops) {
  const known = stops.map(rgb)
  return Array.from({ length: STEPS }, (_, step) => {
    const at = (step / (STEPS - 1)) * (known.length - 1)
    const low = Math.min(known.length - 2, Math.floor(at))
    const mixed = known[low].map((part, k) => Math.round(part + (known[low + 1][k] - part) * (at - low)))
    return `rgb(${mixed.join(",")})`
  })
}

// Positions (in the drawn arrays) of the points in front and of those that are greyed.
export function layers(points, hits, codes, only) {
  const front = []
  const back = []
  for (let i = 0; i < points.count; i++) {
    const row = points.rows[i]
    const hit = !hits || hits.has(row)
    const kept = !only.size || (codes && only.has(Number.isNaN(codes[row]) ? -1 : codes[row]))
    if (hit && kept) front.push(i)
    else back.push(i)
  }
  return { front, back }
}

export function usesShapes(data, webgl) {
  const { kind, ordered, labels = [] } = data.colour
  return webgl && kind === "categorical" && !ordered && data.dims === 2 && data.n <= MOST_SHAPED_POINTS && labels.length <= MOST_SHAPES
}
