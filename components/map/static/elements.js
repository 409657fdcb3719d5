// The elements of one map on the page.

import { html } from "./dom.js"

export function build(parent, { overlay, pictures, toolbar, tooltip }) {
  const gd = html("div", { class: "vs-plot", role: "img" })
  const surface = html("div", { class: "vs-surface" })
  const canvas = html("div", { class: "vs-canvas" }, gd, pictures.back, pictures.front, overlay.element, surface)
  const note = html("div", { class: "vs-note", role: "status" })
  note.hidden = true
  const message = html("div", { class: "vs-message" }, "Drawing the map…")
  const stage = html("div", { class: "vs-stage", tabindex: "0", role: "group" }, canvas, toolbar.element, note, message)
  stage.append(tooltip.element)
  const legend = html("div", { class: "vs-legend", role: "group", "aria-label": "Legend" })
  legend.hidden = true
  const live = html("div", { class: "vs-unseen", "aria-live": "polite" })
  const styles = html("link", { rel: "stylesheet", href: new URL("map.css", import.meta.url).href })
  const root = html("div", { class: "vs-map" }, styles, stage, legend, live)
  // The map has no height of its own until the styles are there.
  root.style.minHeight = "420px"
  parent.append(root)
  return { gd, surface, canvas, note, message, stage, legend, live, root }
}
