// Which points get their label written on the map: spread over the view, low rows (frequent words) first.

import { projector } from "./projecting.js"

const CELL_WIDTH = 120
const CELL_HEIGHT = 64
const FROM_A_CELL = 3
const LONGEST = 24
const MOST = 40
const LONGEST_ON_MAP = 40

export async function chooseWords(view) {
  const { gd, points, layers, book, width, height } = view
  const pictured = view.showsPictures() ? view.pictureBook.count : 0
  const front = pictured ? layers.front.filter((i) => points.rows[i] >= pictured) : layers.front
  const cells = lowestRows(gd, points, front, width, height)
  await view.wantLabels(cells.flat().map((i) => points.rows[i]))
  const words = []
  for (const cell of cells) {
    const found = cell.find((i) => isShort(book.get(points.rows[i])))
    if (found !== undefined) words.push(asWord(points, book, found))
  }
  return words.sort((a, b) => a.row - b.row).slice(0, MOST)
}

// A label as it is written on the map.
export function onMap(text) {
  return text.length > LONGEST_ON_MAP ? `${text.slice(0, LONGEST_ON_MAP - 1)}…` : text
}

function asWord(points, book, i) {
  const row = points.rows[i]
  return { row, at: [points.x[i], points.y[i], 0], text: book.get(row) }
}

function lowestRows(gd, points, front, width, height) {
  const project = projector(gd)
  const columns = Math.max(1, Math.round(width / CELL_WIDTH))
  const lines = Math.max(1, Math.round(height / CELL_HEIGHT))
  const cells = new Map()
  for (const i of front) {
    const [x, y] = project(points.x[i], points.y[i], 0)
    if (x < 0 || y < 0 || x >= width || y >= height) continue
    const cell = Math.floor((y / height) * lines) * columns + Math.floor((x / width) * columns)
    const held = cells.get(cell)
    if (!held) cells.set(cell, [i])
    else if (held.length < FROM_A_CELL) held.push(i)
  }
  // Rows ascend within the drawn arrays, so the first points met in a cell are its lowest rows.
  return [...cells.values()].sort((a, b) => points.rows[a[0]] - points.rows[b[0]]).slice(0, 2 * MOST)
}

function isShort(text) {
  return text !== undefined && text.length > 0 && text.length <= LONGEST && !text.endsWith("…")
}
