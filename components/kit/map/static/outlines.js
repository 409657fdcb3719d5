// Lines around parts of a flat map, beneath the points, in the colour of a category.

import { svg } from "./dom.js"

const unpacked = new WeakMap()

// The format is described at `packed` in layers.py.
export function outlinesIn(numbers) {
  if (unpacked.has(numbers)) return unpacked.get(numbers)
  const outlines = []
  for (let at = 0; at < numbers.length; ) {
    const [code, count] = numbers.subarray(at, at + 2)
    outlines.push({ code: Number.isNaN(code) ? null : code, corners: numbers.subarray(at + 2, at + 2 + 2 * count) })
    at += 2 + 2 * count
  }
  unpacked.set(numbers, outlines)
  return outlines
}

// Those of categories that step back (isKept says no) are left out.
export function outlineElements(outlines, { project, theme, table, isKept }) {
  return outlines.filter(({ code }) => isKept(code)).map(({ code, corners }) => {
    const colour = (code === null ? null : table[code]) ?? theme.faint
    return svg("path", {
      d: pathOf(corners, project),
      fill: colour,
      "fill-opacity": theme.dark ? 0.14 : 0.1,
      "fill-rule": "evenodd",
      stroke: colour,
      "stroke-opacity": 0.85,
      "stroke-width": 1.6,
      "stroke-linejoin": "round",
      "data-outline": code ?? "",
    })
  })
}

function pathOf(corners, project) {
  let d = ""
  for (let k = 0; k < corners.length; k += 2) {
    const [px, py] = project(corners[k], corners[k + 1], 0)
    d += `${k ? "L" : "M"}${px.toFixed(1)},${py.toFixed(1)}`
  }
  return `${d}Z`
}
