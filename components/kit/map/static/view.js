// One map on a page: keeps what it shows, fetches what is missing and draws it.

import { drawAbove, explain, openPictures } from "./above.js"
import { setMode, tools } from "./actions.js"
import { fitted, ranges, seen } from "./camera.js"
import { SHAPES } from "./colours.js"
import { later } from "./dom.js"
import { Below } from "./below.js"
import { build } from "./elements.js"
import { CONFIG, layout, traces } from "./figure.js"
import { listen } from "./gestures.js"
import { drawLegend } from "./legend.js"
import { join, leave } from "./linked.js"
import { arrange, signatureOf } from "./looks.js"
import { Overlay } from "./overlay.js"
import { PictureLayer } from "./picture_layer.js"
import { moved as movedTo } from "./places.js"
import { Resources, webglWorks } from "./resources.js"
import { speak } from "./said.js"
import { drawSigns, meanings } from "./signs.js"
import { readTheme } from "./theme.js"
import { Toolbar } from "./toolbar.js"
import { Tooltip } from "./tooltip.js"
import { deepen, stopTurning } from "./turning.js"
import { mayTravel, travel } from "./travel.js"
import { chooseWords } from "./words.js"

const SETTLED_AFTER = 250
const ASK_AGAIN_AFTER = 2000
const ASK_AT_MOST_EVERY = 20000

export class MapView {
  constructor(parent) {
    this.webgl = webglWorks()
    this.mode = "pan"
    this.turn = 0
    this.failures = 0
    this.only = new Set()
    this.words = []
    this.layers = { front: [], back: [] }
    this.blocked = []
    this.queue = Promise.resolve()
    this.below = new Below()
    this.resources = new Resources(this.webgl)
    this.overlay = new Overlay()
    this.pictures = new PictureLayer()
    this.tooltip = new Tooltip((row) => this.wantLabels([row]), () => this.askAgain({ gone: true }))
    this.toolbar = new Toolbar(tools(this))
    Object.assign(this, build(parent, this))
    this.settle = later(SETTLED_AFTER, () => this.settled())
    this.observer = new ResizeObserver(() => this.resize())
    this.observer.observe(this.canvas)
    listen(this)
  }

  get width() {
    return this.canvas.clientWidth
  }

  get height() {
    return this.canvas.clientHeight
  }

  get flat() {
    return this.data.dims === 2 || !this.webgl
  }

  get ready() {
    return Boolean(this.drawn) && !this.travelling
  }

  update(component) {
    const before = this.data
    const data = component.data
    this.component = component
    this.data = data
    this.selected = data.selected
    this.marked = data.marked
    this.crossed = data.crossed
    join(this, data.group)
    if (before?.selection && !data.selection) this.shape = null
    if (before?.colour.token !== data.colour.token) this.only.clear()
    openPictures(this, data.pictures)
    this.theme = readTheme(this.root)
    this.root.classList.toggle("vs-dimmed", Boolean(data.dimmed))
    this.gd.setAttribute("aria-label", data.description)
    const keys = "Arrow keys go from point to point, plus and minus zoom, 0 shows everything."
    this.stage.setAttribute("aria-label", `${data.description} ${keys}`)
    speak(this)
    return this.load()
  }

  async load() {
    const turn = ++this.turn
    const current = () => turn === this.turn && !this.gone
    try {
      const found = await this.resources.fetch(this.data, this.theme, this.drawn ? seen(this) : null)
      const shown = this.queue.then(() => current() && this.show(found))
      this.queue = shown.catch(() => {})
      await shown
    } catch (error) {
      if (current()) this.fail(error)
    }
  }

  async show(found) {
    Object.assign(this, found)
    this.message.hidden = true
    this.waiting = !this.width || !this.height ? found : null
    if (this.waiting) return
    const before = this.drawn
    const token = this.data.points
    const moved = before?.token !== token || before.flat !== this.flat
    const stays = before && (!moved || (this.data.keepView && before.flat === this.flat))
    if (moved) this.shape = null
    if (moved) this.words = movedTo(this.words, this.points)
    if (moved && !this.flat) setMode(this, "pan")
    if (this.flat) stopTurning(this)
    this.showTools()
    const signature = signatureOf(this)
    if (before?.signature === signature) return void this.refresh()
    arrange(this)
    const shown = stays ? ranges(this) : fitted(this)
    if (moved && mayTravel(before, this)) await travel(this, before, shown)
    if (this.gone) return
    await this.react(shown, stays)
    if (this.gd.querySelector(".no-webgl")) return void this.drawAgain()
    this.drawn = { signature, token, flat: this.flat, points: this.points }
    this.refresh()
    this.settle()
  }

  async react(shown, stays) {
    const wanted = { ...layout(this, shown), width: this.width, height: this.height }
    const scene = this.gd._fullLayout?.scene?._scene
    if (stays && scene && wanted.scene) wanted.scene.camera = scene.getCamera()
    await this.plotly.react(this.gd, traces(this), wanted, CONFIG)
    deepen(this)
    if (this.wired) return
    this.wired = true
    this.gd.on("plotly_relayouting", () => this.redraw())
    this.gd.on("plotly_afterplot", () => this.redraw())
    this.gd.on("plotly_relayout", () => {
      this.redraw()
      this.settle()
    })
    this.gd.on("plotly_webglcontextlost", () => this.restart())
  }

  // What lies around and above the points; cheap.
  refresh() {
    drawLegend(this.legend, this.legendParts())
    drawSigns(this.signs, meanings(this), this.theme)
    this.showTools()
    this.redraw()
    explain(this)
  }

  // Points, names and words keep clear of the tools.
  showTools() {
    const { mode, flat, shape } = this
    const pictures = this.pictureBook ? this.showsPictures() : null
    const turning = Boolean(this.turning)
    this.toolbar.show({ mode, flat, shape, words: this.showsWords(), pictures, turning })
    this.clearTools()
  }

  clearTools() {
    this.blocked = this.toolbar.boxes(this.canvas)
  }

  legendParts() {
    const { painted, theme, missing, only } = this
    const shapes = this.shaped ? SHAPES : null
    return { colour: this.data.colour, painted, theme, missing, only, shapes, onToggle: (code) => this.isolate(code) }
  }

  // Keep the chosen categories in colour; without any, all are.
  isolate(code) {
    if (!this.only.delete(code)) this.only.add(code)
    this.words = []
    return this.load()
  }

  redraw(drawing = null) {
    if (!this.gd._fullLayout || this.gone) return
    this.below.draw(this)
    drawAbove(this, drawing)
  }

  isKept(code) {
    return !this.only.size || code === null || this.only.has(code)
  }

  // Who wants no words on the map wants no names either; a page may have names alone.
  showsNames() {
    return this.data.names.length > 0 && this.wordsChosen !== false
  }

  showsWords() {
    return this.wordsChosen ?? this.data.words
  }

  showsPictures() {
    return Boolean(this.pictureBook) && (this.picturesChosen ?? true)
  }

  async settled() {
    if (!this.ready || this.gone) return
    explain(this)
    if (this.resources.isSampled(this.data) && this.flat) await this.load()
    if (!this.showsWords() || !this.ready || this.gone) return
    const { book } = this
    const words = await chooseWords(this)
    if (book !== this.book || !this.ready || this.gone) return
    this.words = words
    this.redraw()
  }

  async wantLabels(rows) {
    try {
      await this.book.want(rows)
    } catch (error) {
      if (!this.askAgain(error)) return
      await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_AFTER))
      await this.wantLabels(rows)
    }
  }

  resize() {
    if (this.gone) return
    if (this.waiting) return void this.show(this.waiting).catch((error) => this.fail(error))
    const { width, height } = this
    const full = this.gd._fullLayout
    if (!this.ready || !width || !height || (full.width === width && full.height === height)) return
    this.clearTools()
    this.plotly.relayout(this.gd, { width, height })
  }

  fail(error) {
    this.message.textContent = error.message
    this.message.setAttribute("role", "alert")
    this.message.hidden = false
    this.tooltip.hide()
    if (this.askAgain(error)) setTimeout(() => this.gone || this.load(), ASK_AGAIN_AFTER)
  }

  // Content may have left the server's memory; one run of the page puts it back.
  askAgain(error) {
    const now = Date.now()
    if (!error.gone || now - (this.asked ?? 0) < ASK_AT_MOST_EVERY) return false
    this.asked = now
    this.component.setTriggerValue("lost", now)
    return true
  }

  // The browser drops the oldest drawings when a page holds too many.
  restart() {
    if (!this.gone && this.drawn) this.drawAgain()
  }

  // WebGL may fail although the browser offers it: one more try, then without.
  drawAgain() {
    if (this.failures++) this.webgl = this.resources.webgl = false
    this.plotly.purge(this.gd)
    this.drawn = null
    this.wired = false
    return this.load()
  }

  remove() {
    this.gone = true
    stopTurning(this)
    leave(this)
    this.settle.stop()
    this.observer.disconnect()
    this.tooltip.hide()
    this.pictureBook?.close()
    if (this.plotly) this.plotly.purge(this.gd)
    this.root.remove()
  }
}
