// Names of parts of the map, written large near their places: the most important first, none over another.

import { svg } from "./dom.js"
import { overlap, textElement, width } from "./labels.js"
import { legible } from "./theme.js"

const SIZES = [17, 14]
const NARROW = 520
const SMALLER = 2
const WEIGHT = 700
const LINE = 1.15
const LONGEST_LINE = 18
const AROUND = 3
// Where else a name may stand, in its own widths and heights.
const AWAY = [[0, 0], [0, -1.15], [0, 1.15], [0.4, -1.15], [-0.4, -1.15], [0.4, 1.15], [-0.4, 1.15], [0, -2.3], [0, 2.3]]

// Names of categories that step back (isKept says no) come last. Gives what is written: { name, size, x, y, lines, box, kept }.
export function arrangeNames(names, { taken, place, theme, width: wide, height: high, isKept }) {
  const sizes = wide < NARROW ? SIZES.map((size) => size - SMALLER) : SIZES
  const written = []
  const boxes = [...taken]
  const ranked = names.map((name) => ({ name, kept: isKept(name.code) })).sort((a, b) => b.kept - a.kept)
  for (const { name, kept } of ranked) {
    const at = place(name)
    const spot = at && inView(at, wide, high) && room(linesOf(name.text), at, boxes, { sizes, theme, wide, high })
    if (!spot) continue
    boxes.push(spot.box)
    written.push({ ...spot, name, kept })
  }
  return written
}

function room(lines, [x, y], boxes, { sizes, theme, wide, high }) {
  for (const size of sizes) {
    const w = Math.max(...lines.map((line) => width(line, size, WEIGHT, theme.font))) + AROUND
    const h = lines.length * size * LINE
    if (w > wide - 8) continue
    for (const [dx, dy] of AWAY) {
      const left = within(x + dx * w - w / 2, wide - w)
      const top = within(y + dy * h - h / 2, high - h)
      const box = [left, top, left + w, top + h]
      if (!boxes.some((other) => overlap(box, other))) return { size, lines, box, x: left + w / 2, y: top + size * 0.95 }
    }
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
  const look = { size, weight: WEIGHT, fill: kept ? (own ?? theme.text) : theme.faint, theme, halo: 5, class: "vs-name" }
  const element = textElement("", { x, y, anchor: "middle", ...look })
  lines.forEach((line, k) => {
    const part = svg("tspan", { x: x.toFixed(1), dy: k ? (size * LINE).toFixed(1) : 0 })
    part.textContent = line
    element.append(part)
  })
  return element
}
