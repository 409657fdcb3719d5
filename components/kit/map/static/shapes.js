// Drawing a box or a lasso, and making it small enough to be sent.

const MOST_CORNERS = 160

// Calls onDraw(corners in pixels) while the pointer moves and onDone(corners or null) at the end.
export function followShape(surface, start, mode, { onDraw, onDone }) {
  const path = [start]
  const at = (event) => {
    const box = surface.getBoundingClientRect()
    const clamp = (value, most) => Math.min(most, Math.max(0, value))
    return [clamp(event.clientX - box.left, box.width), clamp(event.clientY - box.top, box.height)]
  }
  const corners = () => (mode === "box" ? rectangle(start, path[path.length - 1]) : path)
  const move = (event) => {
    path.push(at(event))
    onDraw(corners())
  }
  const end = (event) => {
    window.removeEventListener("pointermove", move)
    window.removeEventListener("pointerup", end)
    window.removeEventListener("pointercancel", end)
    const drawn = corners()
    onDone(event.type === "pointerup" && extent(drawn) > 5 ? simplify(drawn, MOST_CORNERS) : null)
  }
  window.addEventListener("pointermove", move)
  window.addEventListener("pointerup", end)
  window.addEventListener("pointercancel", end)
}

function rectangle([x0, y0], [x1, y1]) {
  return [
    [x0, y0],
    [x1, y0],
    [x1, y1],
    [x0, y1],
  ]
}

function extent(corners) {
  const span = (k) => Math.max(...corners.map((at) => at[k])) - Math.min(...corners.map((at) => at[k]))
  return Math.max(span(0), span(1))
}

// Ramer, Douglas and Peucker's simplification, with a tolerance that grows until the corners are few enough.
export function simplify(path, most) {
  let kept = path
  for (let tolerance = 0.5; ; tolerance *= 1.6) {
    kept = reduced(path, tolerance)
    if (kept.length <= most) return kept
  }
}

function reduced(path, tolerance) {
  const keep = new Uint8Array(path.length)
  keep[0] = keep[path.length - 1] = 1
  const open = [[0, path.length - 1]]
  while (open.length) {
    const [from, to] = open.pop()
    let farthest = -1
    let most = tolerance
    for (let i = from + 1; i < to; i++) {
      const distance = toSegment(path[i], path[from], path[to])
      if (distance > most) {
        most = distance
        farthest = i
      }
    }
    if (farthest < 0) continue
    keep[farthest] = 1
    open.push([from, farthest], [farthest, to])
  }
  return path.filter((_, i) => keep[i])
}

function toSegment([x, y], [x0, y0], [x1, y1]) {
  const dx = x1 - x0
  const dy = y1 - y0
  const length = dx * dx + dy * dy
  const share = length ? Math.min(1, Math.max(0, ((x - x0) * dx + (y - y0) * dy) / length)) : 0
  return Math.hypot(x - x0 - share * dx, y - y0 - share * dy)
}
