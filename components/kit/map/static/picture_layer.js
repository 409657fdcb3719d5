// Pictures in place of dots, on two canvases between the points and the overlay: greyed ones and those in colour.

import { html, onceAFrame } from "./dom.js"
import { placeAt } from "./places.js"
import { projector } from "./projecting.js"
import { covered, fitting, spread } from "./spread.js"

export const MOST_AT_ONCE = 2000
const MARGIN = 64
const RING = 2
const RANKS = { selected: "accent", marked: "text", crossed: "cross" }
const ALONE = { selected: 64, marked: 36 }

export class PictureLayer {
  constructor() {
    this.back = html("canvas", { class: "vs-pictures vs-greyed", "aria-hidden": "true" })
    this.front = html("canvas", { class: "vs-pictures", "aria-hidden": "true" })
    this.drawn = []
    this.frames = new Map()
    this.spread = false
    this.crowded = false
    this.paint = onceAFrame((view) => view.gone || this.paintNow(view))
  }

  // Decide what is drawn where; gives the drawn pictures by row. Cheap enough for every frame.
  arrange(view, points) {
    const project = view.showsPictures() ? projector(view.gd) : null
    this.spread = false
    const entries = project ? this.entries(view, points, project) : []
    this.drawn = project ? entries.map((entry) => this.measured(view, entry)).filter(Boolean) : []
    this.frames = new Map(this.drawn.map((entry) => [entry.row, entry]))
    view.pictureBook?.want(entries.map(({ row, size }) => ({ row, pixels: size * window.devicePixelRatio })))
    return this.frames
  }

  entries(view, points, project) {
    const spots = view.flat ? inSight(view, points, project) : []
    this.crowded = spots.length > MOST_AT_ONCE
    const shown = this.crowded ? [] : spots
    const fit = shown.length ? this.fit(view, shown) : null
    const large = named(view, points, project, fit?.size)
    this.spread = fit !== null
    if (!fit) return large
    const taken = new Set(large.map(({ row }) => row))
    const small = spread(shown.filter(({ row }) => !taken.has(row)), fit, large)
    for (const spot of small) spot.size = fit.size
    return [...small, ...large]
  }

  // Sizes stay while the map is only moved.
  fit(view, spots) {
    const { xaxis } = view.gd._fullLayout
    const scale = (xaxis._length / (xaxis.range[1] - xaxis.range[0])).toPrecision(5)
    const situation = [scale, view.points.key, view.drawn?.token, view.width, view.height].join()
    if (this.situation !== situation) this.chosen = fitting(spots, view.width * view.height)
    this.situation = situation
    return this.chosen
  }

  measured(view, entry) {
    const part = view.pictureBook.get(entry.row, entry.size * window.devicePixelRatio)
    if (!part) return null
    const scale = entry.size / Math.max(part.w, part.h)
    return { ...entry, wide: part.w * scale, high: part.h * scale }
  }

  // The place, in the drawn arrays, of the picture that lies on top at a pixel, or -1.
  at(px, py) {
    for (let k = this.drawn.length - 1; k >= 0; k--) {
      const { x, y, wide, high, i } = this.drawn[k]
      if (i >= 0 && Math.abs(px - x) <= wide / 2 && Math.abs(py - y) <= high / 2) return i
    }
    return -1
  }

  // Whether pictures are what is looked at, so that the dots behind may step back.
  covers({ pictureBook, data }) {
    return this.spread && pictureBook?.count === data.n
  }

  paintNow(view) {
    this.paintOn(this.back, view, window.devicePixelRatio, true)
    this.paintOn(this.front, view, window.devicePixelRatio, false)
  }

  paintOn(canvas, view, ratio, greyed) {
    const [width, height] = [Math.round(view.width * ratio), Math.round(view.height * ratio)]
    if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height })
    const context = canvas.getContext("2d")
    context.setTransform(ratio, 0, 0, ratio, 0, 0)
    context.clearRect(0, 0, view.width, view.height)
    context.imageSmoothingQuality = "high"
    for (const entry of this.drawn) if (entry.greyed === greyed) paintOne(context, view, entry, ratio)
  }

  // The two canvases as addresses of PNG files, for a picture that is taken away.
  async taken(view, ratio) {
    if (!this.drawn.length) return []
    return [true, false].map((greyed) => {
      const canvas = document.createElement("canvas")
      this.paintOn(canvas, view, ratio, greyed)
      return { source: canvas.toDataURL("image/png"), greyed }
    })
  }
}

function paintOne(context, view, entry, ratio) {
  const { x, y, wide, high, row, size } = entry
  const part = view.pictureBook.get(row, size * ratio)
  if (!part) return
  const left = x - wide / 2
  const top = y - high / 2
  const line = entry.greyed || !view.painted.places ? 1 : size < 24 ? 1.5 : 2
  const frame = (colour, away) => {
    context.fillStyle = colour
    context.fillRect(left - away, top - away, wide + 2 * away, high + 2 * away)
  }
  if (entry.rank) frame(view.theme.background, line + RING + 3)
  if (entry.rank) frame(view.theme[RANKS[entry.rank]], line + RING + 1)
  if (entry.rank) frame(view.theme.background, line + 1)
  frame(entry.greyed ? view.theme.dim : borderOf(view, entry), line)
  context.drawImage(part.image, part.x, part.y, part.w, part.h, left, top, wide, high)
}

function borderOf({ painted, theme }, { i }) {
  return painted.places && i >= 0 ? painted.table[painted.places[i]] : theme.border
}

// Pictures in or near the view, those in colour first.
function inSight({ pictureBook, layers, width, height }, points, project) {
  const spots = []
  const add = (chosen, greyed) => {
    for (const i of chosen) {
      if (points.rows[i] >= pictureBook.count) continue
      const [x, y] = project(points.x[i], points.y[i], 0)
      if (x < -MARGIN || y < -MARGIN || x > width + MARGIN || y > height + MARGIN) continue
      spots.push({ i, row: points.rows[i], x, y, greyed })
    }
  }
  add(layers.front, false)
  add(layers.back, true)
  return spots
}

// The neighbours of the selected item, true and false ones, where they do not cover each other, and on top of all itself.
function named({ pictureBook, selected, marked, crossed, travelling, data }, points, project, size) {
  if (travelling && !data.keepView) return []
  const entries = []
  const add = (point, wide, rank) => {
    const at = points.rows[point.row] === point.row ? placeAt(points, point.row) : point.at
    const place = point.row < pictureBook.count ? project(...at) : null
    const spot = place && { row: point.row, x: place[0], y: place[1], size: wide, greyed: false, rank }
    if (spot && !covered(spot, wide, entries)) entries.push({ ...spot, i: points.rows.indexOf(point.row) })
  }
  if (selected) add(selected, size ? Math.min(96, Math.max(1.6 * size, 48)) : ALONE.selected, "selected")
  for (const point of marked) add(point, size ? Math.max(size, 28) : ALONE.marked, "marked")
  for (const point of crossed) add(point, size ? Math.max(size, 28) : ALONE.marked, "crossed")
  return entries.reverse()
}
