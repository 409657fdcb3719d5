// Which points get their label written on the map: spread over the view, low rows (frequent words) first; in 3D those
// nearest to the viewer.

import { placeAt } from "./places.js"
import { projector } from "./projecting.js"

const CELL_WIDTH = 120
const CELL_HEIGHT = 64
const FROM_A_CELL = 3
const LONGEST = 24
const MOST = 40
const LONGEST_ON_MAP = 40
// So few points may all be named; the overlay leaves out what has no room.
const FEW = 150
// Of so few each label is written in full.
const ALL = 15
// In 3D only the nearest share of the points has names.
const NEAREST = 0.4
const MOST_IN_SPACE = 20
const PICTURE = /([^/\\]+)\.(?:png|jpe?g|webp|gif|bmp|tiff?)$/i

export async function chooseWords(view) {
  const { gd, points, layers, book, width, height } = view
  const pictured = view.showsPictures() ? view.pictureBook.count : 0
  const front = pictured ? layers.front.filter((i) => points.rows[i] >= pictured) : layers.front
  const few = front.length <= (view.flat ? FEW : ALL)
  const inCells = view.flat ? lowestRows : nearestRows
  const cells = few ? front.map((i) => [i]) : inCells(gd, points, front, width, height)
  await view.wantLabels(cells.flat().map((i) => points.rows[i]))
  const words = []
  for (const cell of cells) {
    const named = cell.filter((i) => book.get(points.rows[i]))
    const found = named.find((i) => !onMap(book.get(points.rows[i]), LONGEST).endsWith("…")) ?? named[0]
    if (found !== undefined) words.push(asWord(points, book, found, front.length <= ALL))
  }
  if (!view.flat && !few) return words.slice(0, MOST_IN_SPACE)
  return words.sort((a, b) => a.row - b.row).slice(0, few ? FEW : MOST)
}

// A label as it is written on the map: of a file its name, of a long text its first words.
export function onMap(label, longest = LONGEST_ON_MAP) {
  const text = label.match(PICTURE)?.[1] ?? label
  if (text.length <= longest) return text
  const gap = text.lastIndexOf(" ", longest - 1)
  return `${text.slice(0, gap > longest / 2 ? gap : longest - 1).replace(/[\s,;:.–-]+$/, "")}…`
}

function asWord(points, book, i, must) {
  const row = points.rows[i]
  return { row, at: placeAt(points, i), text: onMap(book.get(row), must ? LONGEST_ON_MAP : LONGEST), must }
}

// The point nearest to the viewer in each cell, nearest first.
function nearestRows(gd, points, front, width, height) {
  const project = projector(gd)
  const seen = []
  for (const i of front) {
    const at = project(points.x[i], points.y[i], points.z[i])
    if (at && at[0] >= 0 && at[1] >= 0 && at[0] < width && at[1] < height) seen.push([at[2], i, cellOf(at, width, height)])
  }
  seen.sort((a, b) => a[0] - b[0])
  const cells = new Map()
  for (const [, i, cell] of seen.slice(0, Math.ceil(NEAREST * seen.length))) if (!cells.has(cell)) cells.set(cell, [i])
  return [...cells.values()].slice(0, 2 * MOST_IN_SPACE)
}

function cellOf([x, y], width, height) {
  const columns = Math.max(1, Math.round(width / CELL_WIDTH))
  const lines = Math.max(1, Math.round(height / CELL_HEIGHT))
  return Math.floor((y / height) * lines) * columns + Math.floor((x / width) * columns)
}

function lowestRows(gd, points, front, width, height) {
  const project = projector(gd)
  const cells = new Map()
  for (const i of front) {
    const [x, y] = project(points.x[i], points.y[i], 0)
    if (x < 0 || y < 0 || x >= width || y >= height) continue
    const cell = cellOf([x, y], width, height)
    const held = cells.get(cell)
    if (!held) cells.set(cell, [i])
    else if (held.length < FROM_A_CELL) held.push(i)
  }
  // Rows ascend within the drawn arrays, so the first points met in a cell are its lowest rows.
  return [...cells.values()].sort((a, b) => points.rows[a[0]] - points.rows[b[0]]).slice(0, 2 * MOST)
}
