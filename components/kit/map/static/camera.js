// What part of the map is seen: ranges in 2D, the camera in 3D.

import { CENTRE, EYE, fit } from "./figure.js"
import { unproject } from "./projecting.js"

const AROUND_PICTURES = 0.08
const NEAR = 8

// All points, and none of them beneath the tools.
export function fitted({ points, flat, width, height, pictureBook, blocked }) {
  const padding = pictureBook && flat ? AROUND_PICTURES : undefined
  if (!flat) return fit(points, width, height, { padding })
  const whole = { ...points, dims: 2 }
  const plain = fit(whole, width, height, { padding })
  const tools = Math.max(0, ...blocked.map((box) => box[3]))
  return tools && hides(blocked, points, plain, [width, height]) ? fit(whole, width, height, { padding, top: tools }) : plain
}

// Whether a point would be drawn within one of some boxes.
function hides(boxes, { x, y, count }, [[x0, x1], [y0, y1]], [width, height]) {
  const around = boxes.map(([left, top, right, bottom]) => [left - NEAR, top - NEAR, right + NEAR, bottom + NEAR])
  for (let i = 0; i < count; i++) {
    const px = ((x[i] - x0) / (x1 - x0)) * width
    const py = ((y1 - y[i]) / (y1 - y0)) * height
    if (around.some(([left, top, right, bottom]) => px > left && px < right && py > top && py < bottom)) return true
  }
  return false
}

export function ranges({ gd }) {
  const full = gd._fullLayout
  const axes = full.scene ? [full.scene.xaxis, full.scene.yaxis, full.scene.zaxis] : [full.xaxis, full.yaxis]
  return axes.map((axis) => [...axis.range])
}

// x0, x1, y0, y1 of a drawn flat map; null otherwise.
export function seen({ gd, flat }) {
  const { xaxis, yaxis } = gd._fullLayout ?? {}
  return flat && xaxis ? [...xaxis.range, ...yaxis.range] : null
}

export function reset(view) {
  if (!view.flat) return view.plotly.relayout(view.gd, { "scene.camera": { eye: EYE, center: CENTRE } })
  return look(view, fitted(view))
}

export function zoom(view, factor, [px, py] = [view.width / 2, view.height / 2]) {
  if (!view.flat) {
    const camera = view.gd._fullLayout.scene._scene.getCamera()
    const eye = Object.fromEntries(["x", "y", "z"].map((k) => [k, camera.eye[k] / factor]))
    return view.plotly.relayout(view.gd, { "scene.camera": { ...camera, eye } })
  }
  const centre = unproject(view.gd, px, py)
  return look(view, ranges(view).map((range, k) => range.map((end) => centre[k] + (end - centre[k]) / factor)))
}

function look(view, [x, y]) {
  return view.plotly.relayout(view.gd, { "xaxis.range": x, "yaxis.range": y })
}
