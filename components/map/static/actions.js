// What a visitor can do on a map, and what of it Streamlit is told.

import { reset, zoom } from "./camera.js"
import { savePicture } from "./download.js"
import { number } from "./legend.js"
import { unproject } from "./projecting.js"
import { thumbnailAddress } from "./server.js"

const LONGEST_ON_MAP = 40
const PREVIEW = 256
const SAVED_RATIO = 2

export function tools(view) {
  const when = (action) => () => view.ready && action()
  const full = () => (document.fullscreenElement ? document.exitFullscreen() : view.root.requestFullscreen())
  return {
    pan: () => setMode(view, "pan"),
    box: () => setMode(view, "box"),
    lasso: () => setMode(view, "lasso"),
    clear: when(() => clearShape(view)),
    in: when(() => zoom(view, 1.4)),
    out: when(() => zoom(view, 1 / 1.4)),
    home: when(() => reset(view)),
    words: when(() => toggleWords(view)),
    pictures: when(() => togglePictures(view)),
    png: when(() => save(view, "png")),
    svg: when(() => save(view, "svg")),
    full,
  }
}

export function setMode(view, mode) {
  view.mode = mode
  view.surface.classList.toggle("vs-drawing", mode !== "pan")
  if (view.drawn) view.refresh()
}

export function pointAt(view, place, at) {
  const row = view.points.rows[place]
  const { pictures } = view.data
  const preview = pictures && row < pictures.n ? thumbnailAddress(pictures.token, row, PREVIEW) : null
  view.tooltip.show(view.book, row, { detail: detail(view, row), preview }, at, [view.width, view.height])
}

function detail({ data, codes }, row) {
  const { kind, title, labels } = data.colour
  if (kind === "none" || !codes) return ""
  const code = codes[row]
  const value = Number.isNaN(code) ? "no value" : kind === "categorical" ? labels[code] : number(code)
  return `${title}: ${value}`
}

// Show a point as selected at once; Streamlit confirms it later, with its neighbours.
export async function choose(view, place) {
  const { points, book } = view
  const row = points.rows[place]
  const at = [points.x[place], points.y[place], points.z ? points.z[place] : 0]
  const point = { row, at, text: short(book.get(row) ?? "") }
  view.selected = point
  view.marked = []
  view.redraw()
  await view.wantLabels([row])
  view.live.textContent = book.get(row) ?? ""
  if (view.selected !== point) return
  point.text = short(book.get(row) ?? "")
  view.redraw()
}

export function click(view, place) {
  choose(view, place)
  emitClick(view, view.points.rows[place])
}

// The time makes every click a change, also one on the point that was clicked last.
export function emitClick(view, row) {
  view.component.setStateValue("clicked", { row, count: Date.now() })
}

export function finishShape(view, corners) {
  if (!corners) return view.redraw()
  view.shape = corners.map(([px, py]) => unproject(view.gd, px, py).map((value) => Number(value.toPrecision(7))))
  const shape = view.mode === "box" ? "box" : "lasso"
  const id = Date.now().toString(36)
  view.component.setStateValue("selection", { id, shape, polygon: view.shape, points: view.data.points })
  view.refresh()
}

export function clearShape(view) {
  view.shape = null
  view.component.setStateValue("selection", null)
  view.refresh()
}

function toggleWords(view) {
  view.wordsChosen = !view.showsWords()
  view.refresh()
  view.settle()
}

function togglePictures(view) {
  view.picturesChosen = !view.showsPictures()
  view.refresh()
  view.settle()
}

async function save(view, format) {
  const { plotly, gd, theme, width, height } = view
  const legend = view.legendParts()
  const pictures = await view.pictures.taken(view, SAVED_RATIO)
  return savePicture(format, { plotly, gd, theme, width, height, pictures, overlay: view.overlay.element, legend })
}

function short(text) {
  return text.length > LONGEST_ON_MAP ? `${text.slice(0, LONGEST_ON_MAP - 1)}…` : text
}
