// The map as a picture: Plotly's drawing, what lies beneath and above it, and what colours and signs mean.

import { svg } from "./dom.js"
import { FAINT } from "./halos.js"
import { legendAsSvg } from "./legend.js"
import { signsAsSvg } from "./signs.js"

const LEGEND_GAP = 16
const HEAD = 48

export async function savePicture(format, { plotly, gd, below, pictures, overlay, legend, signs, theme, width, height, title, note, file }) {
  const source = await plotly.toImage(gd, { format: "svg", width, height })
  const picture = new DOMParser().parseFromString(decodeURIComponent(source.slice(source.indexOf(",") + 1)), "image/svg+xml")
  const plot = document.importNode(picture.documentElement, true)
  const colours = legendAsSvg(legend, LEGEND_GAP, height + LEGEND_GAP / 2, width)
  const meanings = signsAsSvg(signs, theme, LEGEND_GAP, height + colours.height + LEGEND_GAP)
  const words = colours.height + meanings.height
  const full = HEAD + height + (words ? words + LEGEND_GAP * (meanings.height ? 1.5 : 1) : 0)
  const page = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: full, viewBox: `0 0 ${width} ${full}` })
  const under = svg("g", {}, ...below.outlines.map((part) => part.cloneNode(true)))
  if (below.halos) under.prepend(svg("image", { href: below.halos, width, height, opacity: FAINT }))
  const above = svg("g", {})
  for (const { source: href, greyed } of pictures) {
    above.append(svg("image", { href, width, height, style: greyed ? "filter: grayscale(1) opacity(0.35)" : null }))
  }
  above.append(...Array.from(overlay.children, (part) => part.cloneNode(true)))
  const body = svg("g", { transform: `translate(0,${HEAD})` }, under, plot, above, colours.group, meanings.group)
  page.append(svg("rect", { width, height: full, fill: theme.background }), ...headOf(title, note, theme), body)
  const text = new XMLSerializer().serializeToString(page)
  const drawn = new Blob([text], { type: "image/svg+xml" })
  save(format === "svg" ? drawn : await rasterise(drawn, width, full), `${file}.${format}`)
}

// What the picture shows, and how far it can be trusted.
function headOf(title, note, theme) {
  return [[title, 20, 14, 600, theme.text], [note, 38, 11.5, 400, theme.faint]].map(([text, y, size, weight, fill]) => {
    const line = svg("text", { x: LEGEND_GAP, y, "font-family": theme.font, "font-size": size, "font-weight": weight, fill })
    line.textContent = text
    return line
  })
}

async function rasterise(file, width, height) {
  const source = URL.createObjectURL(file)
  try {
    const image = new Image()
    image.src = source
    await image.decode()
    const canvas = document.createElement("canvas")
    canvas.width = 2 * width
    canvas.height = 2 * height
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve) => canvas.toBlob(resolve, "image/png"))
  } finally {
    URL.revokeObjectURL(source)
  }
}

function save(file, name) {
  const link = document.createElement("a")
  link.href = URL.createObjectURL(file)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10000)
}
