// Maps of one group: what is pointed at in one of them gets a ring and its label in the others.

import { later } from "./dom.js"

const PATIENCE = 40
const groups = new Map()

export function join(view, group) {
  if (view.group === group) return
  leave(view)
  view.group = group
  if (!group) return
  if (!groups.has(group)) groups.set(group, new Set())
  groups.get(group).add(view)
}

export function leave(view) {
  pointOut(view, null)
  const members = groups.get(view.group)
  members?.delete(view)
  if (!members?.size) groups.delete(view.group)
  view.group = null
}

// Say to the other maps which row is pointed at; null for none.
export function pointOut(view, row) {
  if (!view.group || (view.pointsOut ?? null) === row) return
  view.pointsOut = row
  tell(view, row)
  view.labelOthers ??= later(PATIENCE, async (wanted) => {
    await view.wantLabels([wanted])
    if (view.pointsOut === wanted) tell(view, wanted)
  })
  if (row !== null && view.book.get(row) === undefined) view.labelOthers(row)
}

function tell(view, row) {
  for (const other of groups.get(view.group) ?? []) {
    if (other === view) continue
    other.pointed = row === null ? null : { row, book: view.book }
    if (other.ready) other.redraw()
  }
}
