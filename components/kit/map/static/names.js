// Names of parts of the map, written near their places: the most important first, none over another, and beside the
// points rather than over them where there is room.

import { svg } from "./dom.js"
import { overlap, textElement, width } from "./labels.js"
import { legible } from "./theme.js"

const SIZES = [14, 12.5]
const NARROW = 520
const SMALLER = 1.5
const WEIGHT = 600
const LINE = 1.15
const LONGEST_LINE = 18
const AROUND = 3
const HALO = 3
// Where else a name may stand: in its own widths, and in its own heights.
const AWAY = [
  [0, 0],
  ...[1.2, 2.2, 3.4].flatMap((up) => [0, -0.45, 0.45].flatMap((side) => [[side, -up], [side, up]])),
  ...[0.7, 1.2].flatMap((side) => [[-side, 0], [side, 0]]),
]
// A name rather covers a twentieth of its place than to stand a line farther away, and stays where it stood before.
const PER_LINE = 0.05
const STAYING = 0.1

// Which cells of the drawing hold points.
const CELL = 8

export class Crowd {
  constructor(project, { x, y, z }, front, [wide, high]) {
    this.columns = Math.ceil(wide / CELL)
    this.lines = Math.ceil(high / CELL)
    this.cells = new Uint8Array(this.columns * this.lines)
    for (const i of project ? front : []) {
      const at = project(x[i], y[i], z ? z[i] : 0)
      if (at && inView(at, wide - 1, high - 1)) this.cells[Math.floor(at[1] / CELL) * this.columns + Math.floor(at[0] / CELL)] = 1
    }
  }

  // The share of a box that points cover.
  under([left, top, right, bottom]) {
    const [c0, c1, l0, l1] = [left, right, top, bottom].map((side) => Math.floor(side / CELL))
    let covered = 0
    for (let line = l0; line <= l1; line++) for (let column = c0; column <= c1; column++) covered += this.cells[line * this.columns + column] || 0
    return covered / ((c1 - c0 + 1) * (l1 - l0 + 1))
  }
}

// Names of categories that step back (isKept says no) come last; `before` tells where names stood. Gives what is written:
// { name, size, x, y, lines, box, away, kept }.
export function arrangeNames(names, { taken, place, crowd, theme, width: wide, height: high, isKept, before }) {
  const sizes = wide < NARROW ? SIZES.map((size) => size - SMALLER) : SIZES
  const written = []
  const boxes = [...taken]
  const ranked = names.map((name) => ({ name, kept: isKept(name.code) })).sort((a, b) => b.kept - a.kept)
  for (const { name, kept } of ranked) {
    const at = place(name)
    const limits = { sizes, theme, wide, high, crowd, stood: before.get(name.text) }
    const spot = at && inView(at, wide, high) && room(linesOf(name.text), at, boxes, limits)
    if (!spot) continue
    boxes.push(spot.box)
    written.push({ ...spot, name, kept })
  }
  return written
}

function room(lines, [x, y], boxes, { sizes, theme, wide, high, crowd, stood }) {
  for (const size of sizes) {
    const w = Math.max(...lines.map((line) => width(line, size, WEIGHT, theme.font))) + AROUND
    const h = lines.length * size * LINE
    if (w > wide - 8) continue
    let best = null
    AWAY.forEach(([dx, dy], away) => {
      const left = within(x + dx * w - w / 2, wide - w)
      const top = within(y + dy * h - h / 2, high - h)
      const box = [left, top, left + w, top + h]
      if (boxes.some((other) => overlap(box, other))) return
      const far = Math.hypot(left + w / 2 - x, top + h / 2 - y) / (size * LINE)
      const cost = crowd.under(box) + PER_LINE * far - (away === stood ? STAYING : 0)
      if (!best || cost < best.cost) best = { cost, away, size, lines, box, x: left + w / 2, y: top + size * 0.95 }
    })
    if (best) return best
  }
  return null
}

function within(start, most) {
  return Math.min(Math.max(start, 4), most - 4)
}

function inView([x, y], wide, high) {
  return x >= 0 && y >= 0 && x <= wide && y <= high
}

// A long name is written on two lines of about the same length.
function linesOf(text) {
  if (text.length <= LONGEST_LINE) return [text]
  const gaps = Array.from(text.matchAll(/\s/g), (found) => found.index)
  if (!gaps.length) return [text]
  const middle = gaps.reduce((best, gap) => (Math.abs(gap - text.length / 2) < Math.abs(best - text.length / 2) ? gap : best))
  return [text.slice(0, middle), text.slice(middle + 1)]
}

export function nameElement({ name, kept, size, lines, x, y }, theme, table) {
  const own = kept && name.code !== null ? legible(table[name.code] ?? theme.text, theme) : null
  const look = { size, weight: WEIGHT, fill: kept ? (own ?? theme.text) : theme.faint, theme, halo: HALO, class: "vs-name" }
  const element = textElement("", { x, y, anchor: "middle", ...look })
  lines.forEach((line, k) => {
    const part = svg("tspan", { x: x.toFixed(1), dy: k ? (size * LINE).toFixed(1) : 0 })
    part.textContent = line
    element.append(part)
  })
  return element
}
