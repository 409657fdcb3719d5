// Faint discs beneath the points of a flat map, written into one picture pixel by pixel: of all ways to draw tens of
// thousands of discs this is the quickest where no graphics card helps. The discs are opaque and the canvas is faint,
// so that a crowd of them is no darker than one.

import { html } from "./dom.js"
import { rgb } from "./theme.js"

const MOST_PIXELS = 12e6
const SMALLEST = 1
export const FAINT = 0.22

export class Halos {
  constructor() {
    this.canvas = html("canvas", { class: "vs-halos", "aria-hidden": "true" })
    this.canvas.style.opacity = FAINT
    this.canvas.hidden = this.empty = true
  }

  paint(view, points, project) {
    this.empty = !view.haloValues || !project
    this.canvas.hidden = this.empty
    if (!this.empty) this.paintOn(this.canvas, view, points, project, window.devicePixelRatio)
  }

  paintOn(canvas, view, points, project, sharpness) {
    const discs = this.inSight(view, points, project)
    const ratio = sharpness * Math.min(1, Math.sqrt(MOST_PIXELS / (discs.area * sharpness * sharpness || 1)))
    const [wide, high] = [view.width, view.height].map((side) => Math.max(1, Math.round(side * ratio)))
    if (canvas.width !== wide || canvas.height !== high) Object.assign(canvas, { width: wide, height: high })
    const context = canvas.getContext("2d")
    const picture = context.createImageData(wide, high)
    fillDiscs(new Uint32Array(picture.data.buffer), wide, high, discs.list, ratio)
    context.putImageData(picture, 0, 0)
  }

  // x, y, radius and colour of each disc in sight, one after the other, and how many pixels they take together.
  inSight(view, points, project) {
    const { width, height, painted, haloValues } = view
    const [origin, one] = [project(0, 0, 0)[0], project(1, 0, 0)[0]]
    const scale = one - origin
    const tints = this.tints(painted)
    const order = this.largestFirst(view)
    const list = new Float64Array(4 * order.length)
    let used = 0
    let area = 0
    for (const i of order) {
      const r = haloValues[points.rows[i]] * scale
      if (!(r >= SMALLEST)) continue
      const [x, y] = project(points.x[i], points.y[i], 0)
      if (x + r < 0 || y + r < 0 || x - r > width || y - r > height) continue
      list[used++] = x
      list[used++] = y
      list[used++] = r
      list[used++] = tints[painted.places ? painted.places[i] : 0]
      area += Math.min(2 * r, width) * Math.min(2 * r, height)
    }
    return { list: list.subarray(0, used), area }
  }

  // Places of the points in front, so that small discs lie on large ones.
  largestFirst({ layers, points, haloValues }) {
    if (this.sorted?.layers !== layers || this.sorted.values !== haloValues) {
      const radius = (i) => haloValues[points.rows[i]]
      const order = layers.front.filter((i) => radius(i) > 0).sort((a, b) => radius(b) - radius(a))
      this.sorted = { layers, values: haloValues, order }
    }
    return this.sorted.order
  }

  tints(painted) {
    if (this.tinted?.painted !== painted) this.tinted = { painted, tints: painted.table.map(packed) }
    return this.tinted.tints
  }

  // The discs as the address of a PNG file, for a picture that is taken away.
  taken(view, project, ratio) {
    if (this.empty) return null
    const canvas = document.createElement("canvas")
    this.paintOn(canvas, view, view.points, project, ratio)
    return canvas.toDataURL("image/png")
  }
}

function fillDiscs(pixels, wide, high, list, ratio) {
  for (let k = 0; k < list.length; k += 4) {
    const x = list[k] * ratio
    const y = list[k + 1] * ratio
    const r = list[k + 2] * ratio
    const tint = list[k + 3]
    const top = Math.max(0, Math.ceil(y - r - 0.5))
    const bottom = Math.min(high - 1, Math.floor(y + r - 0.5))
    for (let line = top; line <= bottom; line++) {
      const half = Math.sqrt(r * r - (line + 0.5 - y) ** 2)
      const from = Math.max(0, Math.round(x - half))
      const to = Math.min(wide, Math.round(x + half))
      const end = line * wide + to
      for (let at = line * wide + from; at < end; at++) pixels[at] = tint
    }
  }
}

// A colour as a canvas keeps it: red in the lowest byte.
function packed(colour) {
  const [red, green, blue] = rgb(colour)
  return ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
}
