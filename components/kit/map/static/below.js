// What lies beneath the points of a flat map: halos and outlines. Drawn again only when it would look different.

import { svg } from "./dom.js"
import { Halos } from "./halos.js"
import { outlineElements, outlinesIn } from "./outlines.js"
import { projector } from "./projecting.js"

export class Below {
  constructor() {
    this.halos = new Halos()
    this.element = svg("svg", { class: "vs-outlines", "aria-hidden": "true" })
    this.last = []
  }

  draw(view) {
    const project = view.flat ? projector(view.gd) : null
    const now = situation(view, project)
    if (now.length === this.last.length && now.every((part, k) => part === this.last[k])) return
    this.last = now
    this.halos.paint(view, view.moving ?? view.points, project)
    this.element.setAttribute("viewBox", `0 0 ${view.width} ${view.height}`)
    this.element.replaceChildren(...this.outlines(view, project))
  }

  outlines(view, project) {
    if (!view.outlineNumbers || !project || (view.travelling && !view.data.keepView)) return []
    const scene = { project, theme: view.theme, table: view.painted.table, isKept: (code) => view.isKept(code) }
    return outlineElements(outlinesIn(view.outlineNumbers), scene)
  }

  // For a picture that is taken away.
  taken(view, ratio) {
    const project = view.flat ? projector(view.gd) : null
    return { halos: this.halos.taken(view, project, ratio), outlines: [...this.element.children] }
  }
}

// Everything that the drawing depends on; nothing at all where there is nothing to draw.
function situation(view, project) {
  const { haloValues, outlineNumbers, width, height, painted, layers, moving, travelling } = view
  if (!project || (!haloValues && !outlineNumbers)) return []
  const { xaxis, yaxis } = view.gd._fullLayout
  const seen = [...xaxis.range, ...yaxis.range, width, height, window.devicePixelRatio]
  return [...seen, haloValues, outlineNumbers, painted, layers, view.points, moving, Boolean(travelling), view.theme.name]
}
