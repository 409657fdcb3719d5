// What lines, crosses, outlines and halos mean, below the map and in its downloads.

import { crossedElements } from "./crossed.js"
import { html, svg } from "./dom.js"
import { FAINT } from "./halos.js"

const WIDE = 30
const HIGH = 16
const LINE = 20

// The signs that are on the map now and have a meaning.
export function meanings({ data, marked, crossed, selected, flat }) {
  const { signs } = data
  const present = {
    marked: crossed.length && marked.length && selected,
    crossed: crossed.length,
    outline: data.outlines && flat,
    halo: data.halos && flat,
  }
  return Object.keys(present).filter((sign) => present[sign] && signs[sign]).map((sign) => ({ sign, text: signs[sign] }))
}

export function drawSigns(element, found, theme) {
  element.hidden = !found.length
  element.replaceChildren(
    ...found.map(({ sign, text }) => {
      const picture = svg("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, width: WIDE, height: HIGH, "aria-hidden": "true" })
      picture.append(...icon(sign, theme))
      return html("span", { class: "vs-sign", role: "listitem", "data-sign": sign }, picture, text)
    }),
  )
}

export function signsAsSvg(found, theme, x, y) {
  const group = svg("g", { "font-family": theme.font, "font-size": 12, fill: theme.text, transform: `translate(${x},${y})` })
  found.forEach(({ sign, text }, k) => {
    const label = svg("text", { x: WIDE + 8, y: 12 })
    label.textContent = text
    group.append(svg("g", { transform: `translate(0,${k * LINE})` }, ...icon(sign, theme), label))
  })
  return { group, height: found.length * LINE }
}

function icon(sign, theme) {
  const middle = HIGH / 2
  const dot = { cx: sign === "marked" ? WIDE - 8 : WIDE / 2, cy: middle, r: 3, fill: theme.dim }
  if (sign === "marked") {
    const line = svg("line", { x1: 1, y1: middle, x2: WIDE - 13.5, y2: middle, stroke: theme.text, "stroke-opacity": 0.7 })
    return [line, svg("circle", dot), svg("circle", { ...dot, r: 5.5, fill: "none", stroke: theme.text, "stroke-width": 1.5 })]
  }
  if (sign === "crossed") return [svg("circle", dot), ...crossedElements([WIDE / 2, middle], 2.5, theme, null)]
  const colour = theme.faint
  if (sign === "halo") return [svg("circle", { ...dot, r: 7.5, fill: colour, "fill-opacity": 1.5 * FAINT }), svg("circle", dot)]
  const d = "M6,3L22,1.5L28.5,9L20,14.5L4,13Z"
  return [svg("path", { d, fill: colour, "fill-opacity": 0.15, stroke: colour, "stroke-width": 1.6, "stroke-linejoin": "round" })]
}
