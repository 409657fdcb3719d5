// What lies above the points of a map: pictures, words, rings, and the note in its corner.

import { onceAFrame } from "./dom.js"
import { pointSize } from "./figure.js"
import { Crowd } from "./names.js"
import { PictureBook } from "./picture_book.js"
import { placeAt, placeOf } from "./places.js"
import { projector } from "./projecting.js"
import { onMap } from "./words.js"

const QUIET = { selected: null, marked: [], crossed: [], pointed: null, extra: [], names: [], words: [] }

export function openPictures(view, pictures) {
  if (view.pictureBook?.token === pictures?.token) return void view.pictureBook?.retry()
  view.pictureBook?.close()
  const arrived = onceAFrame(() => view.redraw())
  view.pictureBook = pictures ? new PictureBook(pictures, arrived, (error) => view.askAgain(error)) : null
}

export function drawAbove(view, drawing) {
  const follow = follower(view)
  const frames = view.pictures.arrange(view, view.moving ?? view.points)
  view.pictures.paint(view)
  view.gd.classList.toggle("vs-behind-pictures", view.pictures.covers(view))
  view.overlay.draw({
    project: projector(view.gd),
    width: view.width,
    height: view.height,
    theme: view.theme,
    table: view.painted?.table ?? [],
    selected: view.selected && follow(view.selected),
    marked: view.marked.map(follow),
    crossed: view.crossed.map(follow),
    pointed: pointedAt(view),
    frames,
    extra: view.data.extra,
    names: view.showsNames() ? view.data.names : [],
    crowd: view.showsNames() ? crowdOf(view) : null,
    words: view.showsWords() ? view.words.map(follow) : [],
    shape: view.flat ? view.shape : null,
    radius: pointSize(view.data, view.points.count) / 2,
    reach: reachOf(view),
    blocked: view.blocked,
    isKept: (code) => view.isKept(code),
    drawing,
    ...(view.travelling && !view.data.keepView ? QUIET : {}),
  })
}

// Where points are drawn, for names that keep out of their way.
function crowdOf({ gd, moving, points, layers, width, height }) {
  return new Crowd(projector(gd), moving ?? points, layers.front, [width, height])
}

// Rings and labels go where their points are drawn now, also on the way to another place.
function follower({ moving, drawn }) {
  const points = moving ?? drawn?.points
  return (point) => (points?.rows[point.row] === point.row ? { ...point, at: placeAt(points, point.row) } : point)
}

function pointedAt(view) {
  const { pointed, selected } = view
  if (!pointed || pointed.row === selected?.row) return null
  const points = view.moving ?? view.points
  const i = placeOf(points, pointed.row)
  return i < 0 ? null : { row: pointed.row, at: placeAt(points, i), text: onMap(pointed.book.get(pointed.row) ?? "") }
}

// How far the halo of the selected point reaches, in pixels.
function reachOf({ flat, gd, selected, haloValues }) {
  const axis = gd._fullLayout.xaxis
  if (!flat || !axis || !selected || !haloValues) return 0
  return (haloValues[selected.row] / (axis.range[1] - axis.range[0])) * axis._length
}

// Nobody needs the hint twice.
let knowsTurning = false

export function turnedBefore(view) {
  knowsTurning = true
  explain(view)
}

export function explain(view) {
  view.hint.hidden = view.flat || knowsTurning
  const notes = [view.resources.note(view.data, view.points)]
  if (view.showsPictures() && view.pictures.crowded) notes.push("zoom in to see the pictures")
  view.note.textContent = notes.filter(Boolean).join("; ")
  view.note.hidden = !view.note.textContent
}
