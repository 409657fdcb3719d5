// The elements of one map on the page.

import { html } from "./dom.js"

let built = 0

export function build(parent, { overlay, below, pictures, toolbar, tooltip }) {
  const gd = html("div", { class: "vs-plot", role: "img" })
  const surface = html("div", { class: "vs-surface" })
  const under = [below.halos.canvas, below.element]
  const above = [pictures.back, pictures.front, overlay.element, surface, tooltip.element]
  const canvas = html("div", { class: "vs-canvas" }, ...under, gd, ...above)
  const note = html("div", { class: "vs-note", role: "status" })
  note.hidden = true
  const hint = html("div", { class: "vs-hint" }, "Drag to turn")
  hint.hidden = true
  const message = html("div", { class: "vs-message" }, "Drawing the map…")
  const stage = html("div", { class: "vs-stage", tabindex: "0", role: "group" }, canvas, toolbar.element, note, hint, message)
  const legend = html("div", { class: "vs-legend", role: "group", "aria-label": "Legend" })
  legend.hidden = true
  const signs = html("div", { class: "vs-signs", role: "list", "aria-label": "What the signs on the map mean" })
  signs.hidden = true
  const described = html("div", { class: "vs-described", id: `vs-described-${++built}` })
  stage.setAttribute("aria-describedby", described.id)
  const live = html("div", { class: "vs-unseen", "aria-live": "polite" })
  const styles = html("link", { rel: "stylesheet", href: new URL("map.css", import.meta.url).href })
  const root = html("div", { class: "vs-map" }, styles, stage, legend, signs, described, live)
  // The map has no height of its own until the styles are there.
  root.style.minHeight = "420px"
  parent.append(root)
  return { gd, surface, canvas, note, hint, message, stage, legend, signs, described, live, root }
}
