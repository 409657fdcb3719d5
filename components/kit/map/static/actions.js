// What a visitor can do on a map, and what of it Streamlit is told.

import { reset, zoom } from "./camera.js"
import { savePicture } from "./download.js"
import { valueText } from "./legend.js"
import { pointOut } from "./linked.js"
import { placeAt } from "./places.js"
import { unproject } from "./projecting.js"
import { thumbnailAddress } from "./server.js"
import { meanings } from "./signs.js"
import { toggleTurning } from "./turning.js"
import { onMap } from "./words.js"

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
    turn: when(() => toggleTurning(view)),
    words: when(() => toggleWords(view)),
    pictures: when(() => togglePictures(view)),
    png: when(() => save(view, "png")),
    svg: when(() => save(view, "svg")),
    full,
  }
}

export function pointAway(view) {
  view.tooltip.hide()
  pointOut(view, null)
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
  pointOut(view, row)
  view.tooltip.show(view.book, row, { detail: detail(view, row), preview }, at, [view.width, view.height])
}

function detail({ data, codes }, row) {
  const { kind, title, labels } = data.colour
  if (kind === "none" || !codes) return ""
  const code = codes[row]
  const value = Number.isNaN(code) ? (data.colour.absent ?? "no value") : kind === "categorical" ? labels[code] : valueText(data.colour, code)
  return `${title}: ${value}`
}

// Show a point as selected at once; Streamlit confirms it later, with its neighbours.
export async function choose(view, place) {
  const { points, book } = view
  const row = points.rows[place]
  const at = placeAt(points, place)
  const point = { row, at, text: onMap(book.get(row) ?? "") }
  view.selected = point
  view.marked = []
  view.crossed = []
  view.chosen = row
  pointOut(view, row)
  view.redraw()
  await view.wantLabels([row])
  if (view.selected !== point) return
  view.live.textContent = book.get(row) ?? ""
  point.text = onMap(book.get(row) ?? "")
  view.redraw()
}

export function click(view, place) {
  choose(view, place)
  emitClick(view, view.points.rows[place])
}

// A click beside all points, Escape: nothing is selected any more.
export function deselect(view) {
  view.selected = null
  view.marked = []
  view.crossed = []
  view.chosen = null
  view.redraw()
  emitClick(view, null)
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
  const parts = {
    legend: view.legendParts(),
    signs: meanings(view),
    below: view.below.taken(view, SAVED_RATIO),
    pictures: await view.pictures.taken(view, SAVED_RATIO),
    overlay: view.overlay.element,
  }
  const { description: title, note, file } = view.data
  return savePicture(format, { plotly, gd, theme, width, height, title, note, file, ...parts })
}
