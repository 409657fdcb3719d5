// Pointer and keys. A click selects; a drag belongs to Plotly (move, rotate) or draws a shape.

import { turnedBefore } from "./above.js"
import { choose, clearShape, click, deselect, emitClick, finishShape, pointAt, pointAway } from "./actions.js"
import { reset, zoom } from "./camera.js"
import { later, onceAFrame } from "./dom.js"
import { nearestTo, nextInDirection, projector } from "./projecting.js"
import { followShape } from "./shapes.js"
import { stopTurning } from "./turning.js"

const STILL = 5
const REACH = { mouse: 12, pen: 14, touch: 22 }
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }
const ZOOM = 1.3

export function listen(view) {
  const { canvas, stage } = view
  const spot = (event) => {
    const box = canvas.getBoundingClientRect()
    return [event.clientX - box.left, event.clientY - box.top]
  }
  const under = (event) => {
    const picture = view.pictures.at(...spot(event))
    if (picture >= 0) return picture
    const reach = REACH[event.pointerType] ?? REACH.mouse
    return nearestTo(view.gd, view.points, view.layers, ...spot(event), reach)
  }
  let pressed = null

  const hover = onceAFrame((event) => {
    if (!view.ready || pressed || event.pointerType === "touch") return
    const found = under(event)
    canvas.classList.toggle("vs-over-point", found >= 0)
    if (found < 0) pointAway(view)
    else pointAt(view, found, spot(event))
  })
  canvas.addEventListener("pointermove", hover)
  canvas.addEventListener("pointerleave", () => pointAway(view))

  canvas.addEventListener("pointerdown", (event) => {
    if (!view.ready || event.button !== 0 || !event.isPrimary) return
    stopTurning(view)
    pressed = { x: event.clientX, y: event.clientY, far: false }
    view.tooltip.hide()
    const follow = (moved) => {
      pressed.far ||= Math.hypot(moved.clientX - pressed.x, moved.clientY - pressed.y) > STILL
    }
    const release = (up) => {
      window.removeEventListener("pointermove", follow, true)
      window.removeEventListener("pointerup", release, true)
      window.removeEventListener("pointercancel", release, true)
      if (pressed.far && !view.flat) turnedBefore(view)
      const still = up.type === "pointerup" && !pressed.far
      pressed = null
      const found = still ? under(up) : -1
      if (found >= 0) click(view, found)
      else if (still && view.selected) deselect(view)
    }
    window.addEventListener("pointermove", follow, true)
    window.addEventListener("pointerup", release, true)
    window.addEventListener("pointercancel", release, true)
  })

  view.surface.addEventListener("pointerdown", (event) => {
    if (!view.ready || event.button !== 0 || !event.isPrimary) return
    event.preventDefault()
    stage.focus({ preventScroll: true })
    followShape(canvas, spot(event), view.mode, {
      onDraw: (corners) => view.redraw(corners),
      onDone: (corners) => finishShape(view, corners),
    })
  })
  view.surface.addEventListener("wheel", (event) => {
    event.preventDefault()
    if (view.ready) zoom(view, Math.exp(-event.deltaY / 600), spot(event))
  }, { passive: false })
  canvas.addEventListener("wheel", () => stopTurning(view), { passive: true })
  canvas.addEventListener("dblclick", () => view.mode === "pan" && view.ready && reset(view))

  keys(view)
}

function keys(view) {
  const tell = later(350, (place) => emitClick(view, view.points.rows[place]))
  view.stage.addEventListener("keydown", (event) => {
    if (event.target !== view.stage || !view.ready || event.ctrlKey || event.metaKey || event.altKey) return
    const direction = ARROWS[event.key]
    if (direction) {
      const found = nextInDirection(view.gd, view.points, view.layers, from(view), direction)
      if (found >= 0) {
        choose(view, found)
        tell(found)
      }
    } else if (event.key === "+" || event.key === "=") zoom(view, ZOOM)
    else if (event.key === "-") zoom(view, 1 / ZOOM)
    else if (event.key === "0") reset(view)
    else if (event.key === "Escape" && view.shape) clearShape(view)
    else if (event.key === "Escape" && view.selected) deselect(view)
    else return
    event.preventDefault()
  })
}

function from(view) {
  const at = view.selected && projector(view.gd)?.(...view.selected.at)
  return at ?? [view.width / 2, view.height / 2]
}
