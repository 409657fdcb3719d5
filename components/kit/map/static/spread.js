// How large the pictures of a view are drawn, and which of them, so that the whole stays legible.

const SIZES = [64, 54, 45, 38, 32, 27, 23, 19, 16, 14]
// The least distance of two middles, as a share of the size: neighbours may overlap a little.
const APART = 0.8
const FEW = 200
// Where islands are so dense that no size shows most pictures, legible ones in piles stand for the others.
const PILED = { apart: 0.55, share: 0.7, low: 20, high: 40 }

// The largest size at which most pictures find a place (of a few pictures, nearly all), and how far apart they are.
export function fitting(spots, area) {
  const wanted = (spots.length <= FEW ? 0.9 : 0.7) * spots.length
  const size = SIZES.find((each) => spread(spots, { size: each, apart: APART }, []).length >= wanted)
  if (size) return { size, apart: APART }
  const { apart, share, low, high } = PILED
  return { size: Math.min(high, Math.max(low, Math.round(share * Math.sqrt(area / spots.length)))), apart }
}

// The spots { x, y } that are kept: those that come first push out what would cover them.
export function spread(spots, { size, apart }, large) {
  const least = size * apart
  const cells = new Map()
  const kept = []
  for (const spot of spots) {
    const column = Math.floor(spot.x / least)
    const line = Math.floor(spot.y / least)
    if (covered(spot, size, large) || crowded(cells, column, line, spot, least)) continue
    cells.set(key(column, line), spot)
    kept.push(spot)
  }
  return kept
}

// Whether one of some larger pictures would hide much of a smaller one.
export function covered(spot, size, large) {
  return large.some((other) => distance(spot, other) < (APART * (size + other.size)) / 2)
}

function crowded(cells, column, line, spot, least) {
  for (let i = -1; i <= 1; i++) {
    for (let k = -1; k <= 1; k++) {
      const other = cells.get(key(column + i, line + k))
      if (other && distance(spot, other) < least) return true
    }
  }
  return false
}

function distance(a, b) {
  return Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y))
}

function key(column, line) {
  return column * 65536 + line
}
