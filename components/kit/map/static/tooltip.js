// The label of the point under the pointer, fetched when it is first looked at.

import { html, later } from "./dom.js"

const GAP = 14
const TINY = 48
const SMALLEST = 160
const LARGEST = 200

export class Tooltip {
  constructor(want, lost) {
    this.preview = html("img", { class: "vs-tip-picture", alt: "" })
    this.preview.onload = () => {
      const { naturalWidth: wide, naturalHeight: high } = this.preview
      const side = Math.max(wide, high)
      const scale = Math.min(LARGEST, Math.max(side, SMALLEST)) / side
      Object.assign(this.preview, { width: Math.round(wide * scale), height: Math.round(high * scale) })
      this.preview.classList.toggle("vs-tiny", side <= TINY)
      this.preview.hidden = false
      if (!this.element.hidden) this.settle()
    }
    this.preview.onerror = lost
    this.text = html("div", { class: "vs-tip-text" })
    this.detail = html("div", { class: "vs-tip-detail" })
    this.element = html("div", { class: "vs-tip", "aria-hidden": "true" }, this.text, this.detail)
    this.element.hidden = true
    this.row = null
    this.fetch = later(40, async (book, row) => {
      await want(row)
      if (this.row === row) this.fill(book)
    })
  }

  show(book, row, { detail, preview }, [x, y], [width, height]) {
    this.at = [x, y, width, height]
    this.detail.textContent = detail
    if (this.row !== row) {
      this.row = row
      this.look(preview)
      this.fill(book)
      if (book.get(row) === undefined) this.fetch(book, row)
    }
    this.settle()
  }

  look(source) {
    this.preview.hidden = true
    if (!source) return this.preview.remove()
    this.preview.src = source
    this.element.prepend(this.preview)
  }

  fill(book) {
    const text = book.get(this.row)
    this.text.textContent = text ?? "…"
    this.element.hidden = false
    this.settle()
  }

  settle() {
    const [x, y, width, height] = this.at
    const { offsetWidth: wide, offsetHeight: high } = this.element
    const left = x + GAP + wide < width ? x + GAP : Math.max(4, x - GAP - wide)
    const top = y + GAP + high < height ? y + GAP : Math.max(4, y - GAP - high)
    this.element.style.transform = `translate(${left}px, ${top}px)`
  }

  hide() {
    this.row = null
    this.fetch.stop()
    this.element.hidden = true
  }
}
