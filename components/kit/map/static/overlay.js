// Everything drawn above the points: names, words, rings, crosses, lines to neighbours, typed texts, the drawn shape.
// All looks stand in attributes, not in CSS, so that a downloaded picture shows the same.

import { crossedElements } from "./crossed.js"
import { svg } from "./dom.js"
import { overlap, roughWidth, sides, strikeElement, textElement } from "./labels.js"
import { arrangeNames, nameElement } from "./names.js"

const WORD_SIZE = 11.5
const LABEL_SIZE = 13
const RING_REACH = 10

export class Overlay {
  constructor() {
    this.element = svg("svg", { class: "vs-overlay", "aria-hidden": "true" })
    this.stood = new Map()
  }

  // scene: { project, width, height, theme, table, selected, marked, crossed, pointed, frames, extra, names, crowd, words, shape,
  // drawing, radius, reach, blocked, isKept }
  draw(scene) {
    const { project, width, height } = scene
    this.element.replaceChildren()
    if (!project) return
    this.element.setAttribute("viewBox", `0 0 ${width} ${height}`)
    this.scene = scene
    this.taken = [...Array.from(scene.frames.values(), boxOf), ...scene.blocked]
    const [shapes, links, rings, pointed] = Array.from({ length: 4 }, () => svg("g"))
    this.parts = { shapes, links, rings, texts: svg("g", { "font-family": scene.theme.font }), pointed }
    this.drawShape()
    const selected = this.place(scene.selected)
    for (const point of scene.extra) this.drawExtra(point)
    if (selected) this.drawSelected(scene.selected, selected)
    if (scene.names.length) this.drawNames()
    if (scene.pointed) this.drawPointed(scene.pointed)
    for (const point of scene.marked) this.drawMarked(point, selected)
    for (const point of scene.crossed) this.drawCrossed(point)
    const named = new Set([scene.selected, scene.pointed, ...scene.marked, ...scene.crossed].map((point) => point?.row))
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
    const { theme, radius, frames, reach } = this.scene
    const frame = frames.get(point.row)
    const ring = { cx: x, cy: y, r: radius + 5, fill: "none" }
    if (reach > ring.r) {
      const edge = { stroke: theme.accent, "stroke-width": 1.2, "stroke-dasharray": "4 3", "data-reach": point.row }
      this.parts.rings.append(svg("circle", { ...ring, r: reach, ...edge }))
    }
    if (!frame) {
      this.parts.rings.append(
        svg("circle", { ...ring, stroke: theme.background, "stroke-width": 5 }),
        svg("circle", { ...ring, stroke: theme.accent, "stroke-width": 2.5, "data-row": point.row }),
      )
    }
    const gap = (frame ? frame.wide / 2 : radius) + 10
    if (point.text) this.write(point.text, x, y, { size: LABEL_SIZE, weight: 700, gap, must: true })
  }

  // Names keep clear of the rings, whose labels come after them, and out of the way of the points.
  drawNames() {
    const { names, crowd, theme, table, width, height, selected, marked, crossed, radius, isKept } = this.scene
    const rings = [selected, ...marked, ...crossed].map((point) => point && this.place(point)).filter(Boolean)
    const side = 2 * radius + 8
    const taken = [...this.taken, ...rings.map(([x, y]) => boxOf({ x, y, wide: side, high: side }))]
    const place = (name) => this.place(name)
    const stood = new Map()
    for (const written of arrangeNames(names, { taken, place, crowd, theme, width, height, isKept, before: this.stood })) {
      this.taken.push(written.box)
      stood.set(written.name.text, written.away)
      this.parts.texts.append(nameElement(written, theme, table))
    }
    this.stood = stood
  }

  // What another map of the group points at.
  drawPointed(point) {
    const at = this.place(point)
    if (!at) return
    const { theme, radius } = this.scene
    const ring = { cx: at[0], cy: at[1], r: radius + 4, fill: "none" }
    this.parts.pointed.append(
      svg("circle", { ...ring, stroke: theme.background, "stroke-width": 4.5 }),
      svg("circle", { ...ring, stroke: theme.text, "stroke-width": 2, "data-pointed": point.row }),
    )
    const look = { size: LABEL_SIZE, weight: 700, gap: radius + 8, must: true, into: this.parts.pointed }
    if (point.text) this.write(point.text, at[0], at[1], look)
  }

  drawCrossed(point) {
    const at = this.place(point)
    if (!at) return
    const { theme, radius, frames } = this.scene
    const frame = frames.get(point.row)
    const [x, y] = frame ? [at[0] + frame.wide / 2, at[1] - frame.high / 2] : at
    if (!frame && this.isBehindPictures(at)) return
    this.parts.rings.append(...crossedElements([x, y], radius, theme, point.row))
    if (frame) return
    const look = { size: WORD_SIZE + 0.5, weight: 500, gap: radius + 8, struck: true }
    this.write(point.text, x, y, look)
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
    if (at) this.write(word.text, at[0], at[1], { size: WORD_SIZE, weight: 500, gap: this.scene.radius + 3, quiet: true, must: word.must })
  }

  // Writes a text beside a point where it covers no other text; leaves it out when there is no room.
  write(text, x, y, { size, weight, gap, must = false, quiet = false, struck = false, into = this.parts.texts }) {
    const { theme } = this.scene
    const free = sides(x, y, gap, roughWidth(text, size), size).filter((spot) => this.inside(spot.box))
    const spot = free.find((candidate) => !this.taken.some((box) => overlap(box, candidate.box))) ?? (must ? free[0] : null)
    if (!spot) return
    this.taken.push(spot.box)
    const look = { x: spot.x, y: spot.y, anchor: spot.anchor, size, weight, theme }
    into.append(textElement(text, { ...look, "fill-opacity": quiet ? 0.85 : 1, class: quiet ? "vs-word" : "vs-label" }))
    if (struck) into.append(strikeElement(text, look))
  }

  inside([left, top, right, bottom]) {
    const { width, height } = this.scene
    return left >= 2 && top >= 2 && right <= width - 2 && bottom <= height - 2
  }
}

function boxOf({ x, y, wide, high }) {
  return [x - wide / 2, y - high / 2, x + wide / 2, y + high / 2]
}
