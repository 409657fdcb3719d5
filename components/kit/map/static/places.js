// Where rows are among the drawn points.

// The place of a row in the drawn arrays, or -1 where a sample left it out.
export function placeOf({ rows }, row) {
  return rows[row] === row ? row : rows.indexOf(row)
}

export function placeAt({ x, y, z }, i) {
  return [x[i], y[i], z ? z[i] : 0]
}

// Things that belong to rows, at the rows' new places; those that are not drawn any more are left out.
export function moved(things, points) {
  const found = things.map((thing) => ({ ...thing, i: placeOf(points, thing.row) }))
  return found.filter(({ i }) => i >= 0).map(({ i, ...thing }) => ({ ...thing, at: placeAt(points, i) }))
}
