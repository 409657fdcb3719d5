// The pictures of one collection, decoded: sheets of 256 small ones, single ones where that is less or sharper.

import { sheet, thumbnail } from "./server.js"

const COLUMNS = 16
const CELLS = 256
const CELL = 64
const MOST_SHEETS = 24
const MOST_SINGLE = 800
const MOST_SHARP = 200
const SHARP_SIDE = 128
const SHARP_FROM = 80
const AT_ONCE = 4

export class PictureBook {
  // Calls arrived() when there is more to draw and failed(error) when the server refuses.
  constructor({ token, n: count }, arrived, failed) {
    this.token = token
    this.count = count
    const shelf = (load, most) => new Shelf(load, most, arrived, failed)
    this.inSheets = Math.ceil(count / CELLS) <= MOST_SHEETS
    this.sheets = shelf(async (index) => cut(await sheet(token, index)), MOST_SHEETS)
    this.single = shelf(async (row) => whole(await thumbnail(token, row, CELL)), MOST_SINGLE)
    this.sharp = shelf(async (row) => whole(await thumbnail(token, row, SHARP_SIDE)), MOST_SHARP)
  }

  // { image, x, y, w, h }: a decoded picture and the part of it that is the row's; null while it is not there.
  get(row, pixels) {
    const sharp = pixels > SHARP_FROM ? this.sharp.get(row) : null
    if (sharp) return sharp
    if (!this.inSheets) return this.single.get(row)
    const found = this.sheets.get(Math.floor(row / CELLS))
    return found && { image: found.image, ...found.boxes[row % CELLS] }
  }

  // Fetch what is missing of these: [{ row, pixels }], the most wanted first; what was asked for before is forgotten.
  want(entries) {
    const rows = entries.map(({ row }) => row)
    if (this.inSheets) this.sheets.want(byFrequency(rows.map((row) => Math.floor(row / CELLS))))
    else this.single.want(rows)
    const large = entries.filter(({ pixels }) => pixels > SHARP_FROM)
    this.sharp.want(large.length <= MOST_SHARP ? large.map(({ row }) => row) : [])
  }

  retry() {
    for (const shelf of [this.sheets, this.single, this.sharp]) shelf.refused.clear()
  }

  close() {
    for (const shelf of [this.sheets, this.single, this.sharp]) shelf.close()
  }
}

// Decoded pictures by key; the ones that were not looked at for longest go first.
class Shelf {
  constructor(load, most, arrived, failed) {
    Object.assign(this, { load, most, arrived, failed })
    this.kept = new Map()
    this.loading = new Set()
    this.refused = new Set()
    this.queue = []
  }

  get(key) {
    const found = this.kept.get(key)
    if (!found) return null
    this.kept.delete(key)
    this.kept.set(key, found)
    return found
  }

  want(keys) {
    this.queue = keys.slice(0, this.most).filter((key) => !this.kept.has(key) && !this.refused.has(key))
    this.next()
  }

  next() {
    while (this.loading.size < AT_ONCE && this.queue.length && !this.closed) {
      const key = this.queue.shift()
      if (!this.loading.has(key) && !this.kept.has(key)) this.fetch(key)
    }
  }

  async fetch(key) {
    this.loading.add(key)
    try {
      const found = await this.load(key)
      if (this.closed) return found.image.close()
      this.kept.set(key, found)
      this.evict()
      this.arrived()
    } catch (error) {
      this.refused.add(key)
      if (!this.closed) this.failed(error)
    } finally {
      this.loading.delete(key)
      this.next()
    }
  }

  evict() {
    while (this.kept.size > this.most) {
      const [oldest, { image }] = this.kept.entries().next().value
      this.kept.delete(oldest)
      image.close()
    }
  }

  close() {
    this.closed = true
    for (const { image } of this.kept.values()) image.close()
    this.kept.clear()
  }
}

function byFrequency(keys) {
  const counts = new Map()
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1)
  return [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a))
}

function whole(image) {
  return { image, x: 0, y: 0, w: image.width, h: image.height }
}

// Where in each cell of a sheet the picture lies: what is not transparent on the cell's middle lines.
function cut(image) {
  const canvas = document.createElement("canvas")
  Object.assign(canvas, { width: image.width, height: image.height })
  const context = canvas.getContext("2d", { willReadFrequently: true })
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  const solid = (x, y) => data[4 * (y * image.width + x) + 3] > 127
  const boxes = []
  for (let cell = 0; cell < (image.height / CELL) * COLUMNS; cell++) {
    const left = (cell % COLUMNS) * CELL
    const top = Math.floor(cell / COLUMNS) * CELL
    const [x, w] = extent((k) => solid(left + k, top + CELL / 2))
    const [y, h] = extent((k) => solid(left + CELL / 2, top + k))
    boxes.push({ x: left + x, y: top + y, w, h })
  }
  return { image, boxes }
}

function extent(solid) {
  let first = 0
  let last = CELL - 1
  while (first < last && !solid(first)) first++
  while (last > first && !solid(last)) last--
  return [first, last - first + 1]
}
