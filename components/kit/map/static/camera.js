// What part of the map is seen: ranges in 2D, the camera in 3D.

import { EYE, fit } from "./figure.js"
import { unproject } from "./projecting.js"

const AROUND_PICTURES = 0.08

export function fitted({ points, flat, width, height, pictureBook }) {
  return fit(flat ? { ...points, dims: 2 } : points, width, height, pictureBook && flat ? AROUND_PICTURES : undefined)
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
  if (!view.flat) return view.plotly.relayout(view.gd, { "scene.camera": { eye: EYE } })
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
