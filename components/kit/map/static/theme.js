// The colours of the page around the map, read from Streamlit's CSS variables.

const READABLE = 7
const readable = new Map()
const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true })

// What the room of a map in 3D is made of, as shares of the colour of texts on the page.
const ROOM = { wall: 0.02, floor: 0.06, grid: 0.14 }

export function readTheme(element) {
  const style = getComputedStyle(element)
  const read = (name, otherwise) => {
    const value = style.getPropertyValue(`--st-${name}`).trim()
    return value && value !== "unset" ? value : otherwise
  }
  const background = read("background-color", "#ffffff")
  const dark = luminance(rgb(background)) < 0.35
  const text = read("text-color", dark ? "#fafafa" : "#31333f")
  const shade = (share) => mixed(rgb(background), rgb(text), share)
  return {
    name: dark ? "dark" : "light",
    dark,
    background,
    text,
    wall: shade(ROOM.wall),
    floor: shade(ROOM.floor),
    grid: shade(ROOM.grid),
    accent: read("primary-color", "#ff4b4b"),
    border: read("border-color", dark ? "#41444e" : "#d5d6db"),
    dim: dark ? "#5b606b" : "#b9bcc4",
    faint: dark ? "#9aa0ab" : "#6b7080",
    cross: dark ? "#f66f48" : "#b83a12",
    font: read("font", "sans-serif"),
  }
}

export function rgb(colour) {
  canvas.clearRect(0, 0, 1, 1)
  canvas.fillStyle = colour
  canvas.fillRect(0, 0, 1, 1)
  return Array.from(canvas.getImageData(0, 0, 1, 1).data.subarray(0, 3))
}

// A colour for texts: the nearest to the given one that stands out enough from the page.
export function legible(colour, theme) {
  const key = [colour, theme.text, theme.background].join()
  if (!readable.has(key)) readable.set(key, strengthened(rgb(colour), rgb(theme.text), luminance(rgb(theme.background))))
  return readable.get(key)
}

function mixed(from, to, share) {
  return `rgb(${from.map((part, k) => Math.round(part + (to[k] - part) * share)).join(",")})`
}

function strengthened(colour, text, page) {
  for (let share = 0; ; share += 0.1) {
    const mixed = colour.map((part, k) => Math.round(part + (text[k] - part) * Math.min(1, share)))
    const [low, high] = [page, luminance(mixed)].sort((a, b) => a - b)
    if (share >= 1 || (high + 0.05) / (low + 0.05) >= READABLE) return `rgb(${mixed.join(",")})`
  }
}

function luminance([red, green, blue]) {
  const linear = (value) => (value / 255) ** 2.2
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}
