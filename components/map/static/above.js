// What lies above the points of a map: pictures, words, rings, and the note in its corner.

import { onceAFrame } from "./dom.js"
import { pointSize } from "./figure.js"
import { PictureBook } from "./picture_book.js"
import { projector } from "./projecting.js"

const QUIET = { selected: null, marked: [], extra: [], words: [] }

export function openPictures(view, pictures) {
  if (view.pictureBook?.token === pictures?.token) return void view.pictureBook?.retry()
  view.pictureBook?.close()
  const arrived = onceAFrame(() => view.redraw())
  view.pictureBook = pictures ? new PictureBook(pictures, arrived, (error) => view.askAgain(error)) : null
}

export function drawAbove(view, drawing) {
  const frames = view.pictures.arrange(view, view.moving ?? view.points)
  view.pictures.paint(view)
  view.gd.classList.toggle("vs-behind-pictures", view.pictures.covers(view))
  view.overlay.draw({
    project: projector(view.gd),
    width: view.width,
    height: view.height,
    theme: view.theme,
    selected: view.selected,
    marked: view.marked,
    frames,
    extra: view.data.extra,
    words: view.showsWords() ? view.words : [],
    shape: view.flat ? view.shape : null,
    radius: pointSize(view.data, view.points.count) / 2,
    drawing,
    ...(view.travelling ? QUIET : {}),
  })
}

export function explain(view) {
  const notes = [view.resources.note(view.data, view.points)]
  if (view.showsPictures() && view.pictures.crowded) notes.push("zoom in to see the pictures")
  view.note.textContent = notes.filter(Boolean).join("; ")
  view.note.hidden = !view.note.textContent
}
