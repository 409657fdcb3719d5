// Texts on the map: their looks, how wide they are, and where beside a point they fit.

import { svg } from "./dom.js"

const LETTER = 0.56
const MOST_MEASURED = 2000
const measured = new Map()
const paper = document.createElement("canvas").getContext("2d")

export function textElement(text, { x, y, anchor, size, weight, fill, theme, halo = 3, ...more }) {
  const element = svg("text", {
    x: x.toFixed(1),
    y: y.toFixed(1),
    "text-anchor": anchor,
    "font-size": size,
    "font-weight": weight,
    fill: fill ?? theme.text,
    stroke: theme.background,
    "stroke-width": halo,
    "stroke-opacity": 0.85,
    "stroke-linejoin": "round",
    "paint-order": "stroke",
    ...more,
  })
  element.textContent = text
  return element
}

// A line through a text; the browser's own would take the halo along and hide the letters.
export function strikeElement(text, { x, y, anchor, size, weight, theme }) {
  const wide = width(text, size, weight, theme.font)
  const left = anchor === "start" ? x : anchor === "end" ? x - wide : x - wide / 2
  const line = { x1: left - 2, x2: left + wide + 2, y1: y - size * 0.3, y2: y - size * 0.3 }
  return svg("line", { ...line, stroke: theme.cross, "stroke-width": 1.2, class: "vs-struck" })
}

// A quick estimate; good enough for small texts.
export function roughWidth(text, size) {
  return text.length * size * LETTER
}

export function width(text, size, weight, font) {
  const key = `${weight} ${size}px ${font}|${text}`
  if (measured.size > MOST_MEASURED) measured.clear()
  if (!measured.has(key)) {
    paper.font = `${weight} ${size}px ${font}`
    measured.set(key, paper.measureText(text).width)
  }
  return measured.get(key)
}

// The four places beside a point, the best first.
export function sides(x, y, gap, wide, size) {
  const middle = y + size * 0.35
  const spot = (px, py, anchor) => {
    const left = anchor === "start" ? px : anchor === "end" ? px - wide : px - wide / 2
    return { x: px, y: py, anchor, box: [left, py - size, left + wide, py + size * 0.3] }
  }
  return [
    spot(x + gap, middle, "start"),
    spot(x - gap, middle, "end"),
    spot(x, y - gap - 2, "middle"),
    spot(x, y + gap + size * 0.8, "middle"),
  ]
}

export function overlap(a, b) {
  return a[0] < b[2] + 3 && b[0] < a[2] + 3 && a[1] < b[3] + 2 && b[1] < a[3] + 2
}
