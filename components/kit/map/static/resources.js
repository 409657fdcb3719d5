// Everything a map needs before it can be drawn, fetched once and kept while it is the same.

import { densityAddress, floats, LabelBook, loadPlotly, points, rows } from "./server.js"

const MOST_FLAT = 50000
const SAMPLE_FLAT = 25000
const MOST_SPACE = 20000
const MOST_WITHOUT_WEBGL = 5000
const AROUND = 0.15

export function webglWorks() {
  const gl = document.createElement("canvas").getContext("webgl")
  gl?.getExtension("WEBGL_lose_context")?.loseContext()
  return Boolean(gl)
}

export class Resources {
  constructor(webgl) {
    this.webgl = webgl
  }

  limit(data) {
    return !this.webgl ? MOST_WITHOUT_WEBGL : data.dims === 3 ? MOST_SPACE : MOST_FLAT
  }

  isSampled(data) {
    return data.n > this.limit(data)
  }

  // Where the density of all points lies below, fewer say as much and are drawn in half the time.
  sampleSize(data) {
    return this.webgl && this.flat(data) && this.isSampled(data) ? SAMPLE_FLAT : this.limit(data)
  }

  async fetch(data, theme, view) {
    this.theme = theme.name
    const [plotly, found, codes, sizes, chosen, halos, outlines] = await Promise.all([
      loadPlotly(data.plotly),
      this.points(data, view),
      data.colour.token ? floats(data.colour.token) : null,
      data.sizes ? floats(data.sizes.token) : null,
      data.hits ? rows(data.hits.token) : null,
      data.halos ? floats(data.halos.token) : null,
      data.outlines ? floats(data.outlines.token) : null,
    ])
    if (this.book?.token !== data.labels) this.book = new LabelBook(data.labels)
    return {
      plotly,
      ...found,
      codes,
      sizeValues: sizes,
      hits: this.asSet(chosen),
      haloValues: halos,
      outlineNumbers: outlines,
      book: this.book,
    }
  }

  // In a large flat map: a sample of the view and a picture of all points below it.
  async points(data, view) {
    const limit = this.sampleSize(data)
    const first = this.isSampled(data) ? (data.hits?.token ?? "") : ""
    const whole = `${data.points}|${first}|${limit}`
    if (!this.isSampled(data) || !view || this.token !== data.points || this.holdsAll(view)) {
      if (this.whole !== whole || this.token !== data.points) {
        this.all = await points(data.points, { limit, first })
        this.all.key = "all"
        this.whole = whole
        this.last = null
      }
      this.token = data.points
      if (!this.isSampled(data) || !this.flat(data)) return { points: this.all, density: null }
      const box = [this.all.low[0], this.all.high[0], this.all.low[1], this.all.high[1]]
      return { points: this.all, density: await this.density(data, grown(box, 0.001)) }
    }
    const wanted = grown(view, AROUND)
    const same = this.last?.whole === whole && this.last.view.every((end, k) => end === view[k])
    if (!same) {
      const found = await points(data.points, { view: wanted, limit, first })
      found.key = wanted.join()
      this.last = { whole, view: [...view], found, density: found.total > found.count ? wanted : null }
    }
    const { found, density } = this.last
    return { points: found, density: density && (await this.density(data, density)) }
  }

  flat(data) {
    return data.dims === 2
  }

  // A view of the whole map needs no other sample than the first.
  holdsAll([x0, x1, y0, y1]) {
    const { low, high } = this.all
    return x0 <= low[0] && x1 >= high[0] && y0 <= low[1] && y1 >= high[1]
  }

  async density(data, view) {
    const source = densityAddress(data.points, view, this.theme)
    const image = new Image()
    image.src = source
    await image.decode().catch(() => {})
    return { source, view }
  }

  asSet(chosen) {
    if (this.chosen !== chosen) this.set = chosen && new Set(chosen)
    this.chosen = chosen
    return this.set ?? null
  }

  note(data, shown) {
    const of = `${shown.count.toLocaleString("en")} of ${shown.total.toLocaleString("en")} points`
    const sampled = shown.total > shown.count
    if (!this.webgl) {
      const which = sampled ? `, showing a random ${of}` : ""
      return `This browser offers no WebGL: a simpler ${data.dims === 3 ? "flat " : ""}map${which}`
    }
    if (!sampled) return ""
    const inView = shown.total < data.n ? " in view" : ""
    return `showing a random ${of}${inView}${this.flat(data) ? "; zoom in for more" : ""}`
  }
}

function grown([x0, x1, y0, y1], share) {
  const wide = (x1 - x0) * share || 0.5
  const high = (y1 - y0) * share || 0.5
  return [x0 - wide, x1 + wide, y0 - high, y1 + high].map((value) => Number(value.toPrecision(9)))
}
