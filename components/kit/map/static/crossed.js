// A point that is crossed out: a ring with a cross over it. The shape says it, whatever the colours look like.

import { svg } from "./dom.js"

const BEYOND = 2.5

export function crossedElements([x, y], radius, theme, row) {
  const r = radius + 3
  const arm = (r + BEYOND) * Math.SQRT1_2
  const d = `M${x - arm},${y - arm}L${x + arm},${y + arm}M${x + arm},${y - arm}L${x - arm},${y + arm}`
  const ring = { cx: x, cy: y, r, fill: "none" }
  const behind = { stroke: theme.background, "stroke-width": 4.5, "stroke-opacity": 0.85, "stroke-linecap": "round" }
  const look = { stroke: theme.cross, "stroke-width": 1.8, "stroke-linecap": "round" }
  return [
    svg("circle", { ...ring, ...behind }),
    svg("path", { d, fill: "none", ...behind }),
    svg("circle", { ...ring, ...look, "stroke-width": 1.4 }),
    svg("path", { d, fill: "none", ...look, "data-crossed": row }),
  ]
}
