// From the map's own units to pixels of the drawing and back, and which point lies under the pointer.

// Returns (x, y, z) => [px, py, depth] or null for what lies behind the camera; null while nothing is drawn.
export function projector(gd) {
  const full = gd._fullLayout
  if (!full) return null
  return full.scene?._scene ? inSpace(gd, full.scene._scene) : full.xaxis ? onPlane(full) : null
}

function onPlane({ xaxis, yaxis }) {
  const [x0, x1] = xaxis.range
  const [y0, y1] = yaxis.range
  const sx = xaxis._length / (x1 - x0)
  const sy = yaxis._length / (y1 - y0)
  const left = xaxis._offset
  const bottom = yaxis._offset + yaxis._length
  return (x, y) => [left + (x - x0) * sx, bottom - (y - y0) * sy, 0]
}

function inSpace(gd, scene) {
  const camera = scene.glplot?.cameraParams
  if (!camera) return null
  const { w: width, h: height, l: left, t: top } = gd._fullLayout._size
  const m = multiply(camera.projection, multiply(camera.view, camera.model))
  const [ax, ay, az] = scene.dataScale
  return (x, y, z) => {
    const u = x * ax
    const v = y * ay
    const s = z * az
    const w = m[3] * u + m[7] * v + m[11] * s + m[15]
    if (w <= 0) return null
    const px = (m[0] * u + m[4] * v + m[8] * s + m[12]) / w
    const py = (m[1] * u + m[5] * v + m[9] * s + m[13]) / w
    return [left + (0.5 + px / 2) * width, top + (0.5 - py / 2) * height, w]
  }
}

function multiply(a, b) {
  const out = new Float64Array(16)
  for (let column = 0; column < 4; column++) {
    for (let line = 0; line < 4; line++) {
      for (let k = 0; k < 4; k++) out[4 * column + line] += a[4 * k + line] * b[4 * column + k]
    }
  }
  return out
}

// Pixels back to units, on a plane.
export function unproject(gd, px, py) {
  const { xaxis, yaxis } = gd._fullLayout
  const [x0, x1] = xaxis.range
  const [y0, y1] = yaxis.range
  return [
    x0 + ((px - xaxis._offset) / xaxis._length) * (x1 - x0),
    y1 - ((py - yaxis._offset) / yaxis._length) * (y1 - y0),
  ]
}

// Place of the drawn point nearest to a pixel, or -1; points in front win over greyed ones, in 3D near ones over far.
export function nearestTo(gd, points, layers, px, py, radius) {
  const project = projector(gd)
  if (!project) return -1
  const among = (chosen) => {
    let best = -1
    let least = radius * radius
    for (const i of chosen) {
      const at = project(points.x[i], points.y[i], points.z ? points.z[i] : 0)
      if (!at) continue
      const distance = (at[0] - px) ** 2 + (at[1] - py) ** 2
      if (distance < least) {
        least = distance
        best = i
      }
    }
    return best
  }
  const found = among(layers.front)
  return found >= 0 ? found : among(layers.back)
}

// Place of the next drawn point when walking from a pixel in a direction, or -1.
export function nextInDirection(gd, points, layers, from, [dx, dy]) {
  const project = projector(gd)
  let best = -1
  let least = Infinity
  for (const i of layers.front) {
    const at = project(points.x[i], points.y[i], points.z ? points.z[i] : 0)
    if (!at) continue
    const along = (at[0] - from[0]) * dx + (at[1] - from[1]) * dy
    const across = Math.abs((at[0] - from[0]) * dy - (at[1] - from[1]) * dx)
    if (along < 1 || across > along) continue
    if (along + 2 * across < least) {
      least = along + 2 * across
      best = i
    }
  }
  return best
}
