// How the points of a map look now: their colours, shapes and who is in front.

import { layers, paint, usesShapes } from "./colours.js"

// Everything that the points' drawing depends on; equal signatures, equal drawings.
export function signatureOf({ data, points, theme, only, density }) {
  const { points: token, colour, sizes, hits, axes } = data
  const looks = [theme.name, theme.text, theme.font, ...only]
  return JSON.stringify([token, points.key, colour, sizes, hits, axes, looks, density?.source])
}

export function arrange(view) {
  const { data, points, codes, hits, only, theme, webgl } = view
  view.painted = paint(data.colour, codes, points, theme)
  view.layers = layers(points, hits, codes, only)
  view.shaped = usesShapes(data, webgl)
  view.missing = codes ? codes.reduce((sum, code) => sum + Number.isNaN(code), 0) : 0
}
