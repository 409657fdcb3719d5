// A map in 3D as a place: near points are larger than far ones, and the whole turns gently on request.

import { EYE } from "./figure.js"

const A_TURN = 40000
// Who wants no motion sees the next side at once.
const A_STEP = Math.PI / 6
const NEW_WORDS_EVERY = 1500
const REACH = Math.hypot(EYE.x, EYE.y, EYE.z)

// Plotly draws all points of a size; its points can also be drawn in perspective, where sizes are parts of the room.
export function deepen(view) {
  const room = roomOf(view)
  for (const trace of Object.values(room?.traces ?? {})) {
    const plot = trace.scatterPlot
    if (!plot || plot.deep) continue
    const update = plot.update
    plot.deep = true
    plot.update = (options) => update.call(plot, { ...options, orthographic: false, size: inTheRoom(options.size, room, view.height) })
    trace.update(trace.data)
  }
}

function inTheRoom(size, room, height) {
  const pixel = (2 * REACH) / ((room.glplot?.cameraParams?.projection?.[5] || 2.4) * height)
  return typeof size === "number" ? size * pixel : Array.from(size, (each) => each * pixel)
}

export function toggleTurning(view) {
  if (view.turning) return stopTurning(view)
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return settle(view, turned(cameraOf(view), A_STEP))
  view.turning = requestAnimationFrame((now) => step(view, now, now))
  view.showTools()
}

export function stopTurning(view) {
  if (!view.turning) return
  cancelAnimationFrame(view.turning)
  view.turning = null
  if (view.gone) return
  if (roomOf(view)) settle(view, cameraOf(view))
  view.showTools()
}

function step(view, before, now, named = now) {
  const room = roomOf(view)
  if (!room || view.gone || view.travelling) return void (view.turning = null)
  const camera = turned(room.getCamera(), (2 * Math.PI * (now - before)) / A_TURN)
  room.setViewport({ camera, aspectratio: view.gd._fullLayout.scene.aspectratio })
  view.redraw()
  const late = now - named > NEW_WORDS_EVERY
  if (late) view.settled()
  view.turning = requestAnimationFrame((next) => step(view, now, next, late ? now : named))
}

function settle(view, camera) {
  return view.plotly.relayout(view.gd, { "scene.camera": camera })
}

function turned(camera, angle) {
  const { x, y, z } = camera.eye
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return { ...camera, eye: { x: x * cos - y * sin, y: x * sin + y * cos, z } }
}

function cameraOf(view) {
  return roomOf(view).getCamera()
}

function roomOf(view) {
  return view.gd._fullLayout?.scene?._scene
}
