// The entry of the map component: one view for each place it is mounted in.

import { MapView } from "./view.js"

const views = new WeakMap()

export function render(component) {
  const parent = component.parentElement
  if (!views.has(parent)) views.set(parent, new MapView(parent))
  views.get(parent).update(component)
}

export function remove(parent) {
  views.get(parent)?.remove()
  views.delete(parent)
}
