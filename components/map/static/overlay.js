// Everything drawn above the points: words, rings, lines to neighbours, typed texts and the drawn shape.
// All looks stand in attributes, not in CSS, so that a downloaded picture shows the same.

import { svg } from "./dom.js"

const LETTER = 0.56
const WORD_SIZE = 11.5
const LABEL_SIZE = 13
const RING_REACH = 10

export class Overlay {
  constructor() {
    this.element = svg("svg", { class: "vs-overlay", "aria-hidden": "true" })
  }

  // scene: { project, width, height, theme, selected, marked, frames, extra, words, shape, drawing, radius }
  draw(scene) {
    const { project, width, height } = scene
    this.element.replaceChildren()
    if (!project) return
    this.element.setAttribute("viewBox", `0 0 ${width} ${height}`)
    this.scene = scene
    this.taken = Array.from(scene.frames.values(), boxOf)
    this.parts = { shapes: svg("g"), links: svg("g"), rings: svg("g"), texts: svg("g", { "font-family": scene.theme.font }) }
    this.drawShape()
    const selected = this.place(scene.selected)
    for (const point of scene.extra) this.drawExtra(point)
    if (selected) this.drawSelected(scene.selected, selected)
    for (const point of scene.marked) this.drawMarked(point, selected)
    const named = new Set([scene.selected, ...scene.marked].map((point) => point?.row))
    for (const word of scene.words) if (!named.has(word.row)) this.drawWord(word)
    this.element.append(...Object.values(this.parts))
  }

  place(point) {
    const at = point && this.scene.project(...point.at)
    if (!at) return null
    const { width, height } = this.scene
    return at[0] > -20 && at[0] < width + 20 && at[1] > -20 && at[1] < height + 20 ? at : null
  }

  drawShape() {
    const { shape, drawing, project, theme } = this.scene
    const corners = drawing ?? shape?.map(([x, y]) => project(x, y, 0))
    if (!corners?.length) return
    const points = corners.map((at) => `${at[0].toFixed(1)},${at[1].toFixed(1)}`).join(" ")
    this.parts.shapes.append(
      svg("polygon", {
        points,
        fill: theme.accent,
        "fill-opacity": 0.08,
        "fill-rule": "evenodd",
        stroke: theme.accent,
        "stroke-width": 1.5,
        "stroke-dasharray": drawing ? "4 3" : null,
        "stroke-linejoin": "round",
      }),
    )
  }

  drawSelected(point, [x, y]) {
    const { theme, radius, frames } = this.scene
    const frame = frames.get(point.row)
    const ring = { cx: x, cy: y, r: radius + 5, fill: "none" }
    if (!frame) {
      this.parts.rings.append(
        svg("circle", { ...ring, stroke: theme.background, "stroke-width": 5 }),
        svg("circle", { ...ring, stroke: theme.accent, "stroke-width": 2.5, "data-row": point.row }),
      )
    }
    const gap = (frame ? frame.wide / 2 : radius) + 10
    if (point.text) this.write(point.text, x, y, { size: LABEL_SIZE, weight: 700, gap, must: true })
  }

  drawMarked(point, selected) {
    const at = this.scene.project(...point.at)
    const framed = this.scene.frames.has(point.row)
    if (!at || (!framed && this.isBehindPictures(at))) return
    const { theme, radius } = this.scene
    if (selected) {
      const [from, to] = [this.edge(this.scene.selected, selected, at), this.edge(point, at, selected)]
      const line = { x1: from[0], y1: from[1], x2: to[0], y2: to[1] }
      this.parts.links.append(
        svg("line", { ...line, stroke: theme.background, "stroke-opacity": 0.6, "stroke-width": 3 }),
        svg("line", { ...line, stroke: theme.text, "stroke-opacity": 0.55, "stroke-width": 1 }),
      )
    }
    // A picture is framed where it is painted, and says itself what it is.
    if (!this.place(point) || framed) return
    const ring = { cx: at[0], cy: at[1], r: radius + 2.5, fill: "none" }
    this.parts.rings.append(
      svg("circle", { ...ring, stroke: theme.background, "stroke-width": 3.5, "stroke-opacity": 0.8 }),
      svg("circle", { ...ring, stroke: theme.text, "stroke-width": 1.5, "data-row": point.row }),
    )
    this.write(point.text, at[0], at[1], { size: WORD_SIZE + 0.5, weight: 600, gap: radius + 6 })
  }

  isBehindPictures([px, py]) {
    const named = [this.scene.selected, ...this.scene.marked].map((point) => point && this.scene.frames.get(point.row))
    const within = (distance, side) => Math.abs(distance) < side / 2 + RING_REACH
    return named.some((frame) => frame && within(px - frame.x, frame.wide) && within(py - frame.y, frame.high))
  }

  // Where a line from a point to another leaves the first one's picture.
  edge({ row }, [x, y], [tx, ty]) {
    const frame = this.scene.frames.get(row)
    if (!frame) return [x, y]
    const share = Math.min(frame.wide / 2 / Math.abs(tx - x), frame.high / 2 / Math.abs(ty - y), 1)
    return [x + share * (tx - x), y + share * (ty - y)]
  }

  drawExtra(point) {
    const at = this.place(point)
    if (!at) return
    const { theme } = this.scene
    const [x, y] = at
    const d = `M${x},${y - 9}L${x + 9},${y}L${x},${y + 9}L${x - 9},${y}Z`
    const look = { d, fill: theme.accent, stroke: theme.background, "stroke-width": 2, "stroke-linejoin": "round" }
    this.parts.rings.append(svg("path", { ...look, "data-extra": "" }))
    this.write(point.text, x, y, { size: LABEL_SIZE, weight: 700, gap: 12, must: true })
  }

  drawWord(word) {
    const at = this.place(word)
    if (at) this.write(word.text, at[0], at[1], { size: WORD_SIZE, weight: 500, gap: this.scene.radius + 3, quiet: true })
  }

  // Writes a text beside a point where it covers no other text; leaves it out when there is no room.
  write(text, x, y, { size, weight, gap, must = false, quiet = false }) {
    const { theme } = this.scene
    const wide = text.length * size * LETTER
    const free = sides(x, y, gap, wide, size).filter((spot) => this.inside(spot.box))
    const spot = free.find((candidate) => !this.taken.some((box) => overlap(box, candidate.box))) ?? (must ? free[0] : null)
    if (!spot) return
    this.taken.push(spot.box)
    const label = svg("text", {
      x: spot.x.toFixed(1),
      y: spot.y.toFixed(1),
      "text-anchor": spot.anchor,
      "font-size": size,
      "font-weight": weight,
      fill: theme.text,
      "fill-opacity": quiet ? 0.85 : 1,
      stroke: theme.background,
      "stroke-width": 3,
      "stroke-opacity": 0.85,
      "stroke-linejoin": "round",
      "paint-order": "stroke",
      class: quiet ? "vs-word" : "vs-label",
    })
    label.textContent = text
    this.parts.texts.append(label)
  }

  inside([left, top, right, bottom]) {
    const { width, height } = this.scene
    return left >= 2 && top >= 2 && right <= width - 2 && bottom <= height - 2
  }
}

function boxOf({ x, y, wide, high }) {
  return [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2]
}

function sides(x, y, gap, wide, size) {
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

function overlap(a, b) {
  return a[0] < b[2] + 3 && b[0] < a[2] + 3 && a[1] < b[3] + 2 && b[1] < a[3] + 2
}
