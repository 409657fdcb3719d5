// Points travel to their new places when another projection of the same rows is chosen.

import { ranges } from "./camera.js"
import { traces } from "./figure.js"

const MILLISECONDS = 600
// Where the view is kept, new places come one after the other, as from a slider.
const BETWEEN_STEPS = 160
const MOST = 20000

export function mayTravel(before, view) {
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches
  if (still || !before || before.flat !== view.flat) return false
  const [from, to] = [before.points, view.points]
  return from.count === to.count && from.dims === to.dims && from.n === from.count && to.n === to.count && to.count <= MOST
}

// Until the end the drawing is that of no layout.
export async function travel(view, before, target) {
  before.signature = before.token = null
  const from = before.points
  const to = view.points
  const start = ranges(view)
  const steady = view.data.keepView
  const [lasts, pace] = steady ? [BETWEEN_STEPS, (share) => share] : [MILLISECONDS, ease]
  const mix = (a, b, share) => a.map((value, i) => value + (b[i] - value) * share)
  view.travelling = true
  view.tooltip.hide()
  try {
    for (const began = performance.now(); ; ) {
      const now = await new Promise(requestAnimationFrame)
      const share = pace(Math.min(1, (now - began) / lasts))
      if (share >= 1 || view.gone) return
      const points = { ...to, x: mix(from.x, to.x, share), y: mix(from.y, to.y, share), z: to.z && mix(from.z, to.z, share) }
      const between = steady ? null : start.map((range, k) => mix(range, target[k], share))
      before.points = view.moving = points
      await step(view, points, between)
    }
  } finally {
    before.points = to
    view.travelling = false
    view.moving = null
  }
}

function step(view, points, between) {
  const drawn = traces({ ...state(view), points })
  const changes = { x: drawn.map((trace) => trace.x), y: drawn.map((trace) => trace.y) }
  if (drawn[0].z) changes.z = drawn.map((trace) => trace.z)
  if (!between) return view.plotly.restyle(view.gd, changes, [0, 1])
  const axes = view.flat ? ["xaxis", "yaxis"] : ["scene.xaxis", "scene.yaxis", "scene.zaxis"]
  return view.plotly.update(view.gd, changes, Object.fromEntries(axes.map((name, k) => [`${name}.range`, between[k]])), [0, 1])
}

function state({ data, layers, theme, webgl, sizeValues, painted, shaped }) {
  return { data, layers, theme, webgl, sizeValues, painted, shaped }
}

function ease(share) {
  return share < 0.5 ? 2 * share * share : 1 - 2 * (1 - share) ** 2
}
