// The map as a picture: Plotly's drawing, what lies above it, and the legend.

import { svg } from "./dom.js"
import { legendAsSvg } from "./legend.js"

const LEGEND_GAP = 16

export async function savePicture(format, { plotly, gd, pictures, overlay, legend, theme, width, height }) {
  const source = await plotly.toImage(gd, { format: "svg", width, height })
  const picture = new DOMParser().parseFromString(decodeURIComponent(source.slice(source.indexOf(",") + 1)), "image/svg+xml")
  const plot = document.importNode(picture.documentElement, true)
  const { group, height: below } = legendAsSvg(legend, LEGEND_GAP, height + LEGEND_GAP / 2, width)
  const full = height + (below ? below + LEGEND_GAP : 0)
  const page = svg("svg", { xmlns: "http://www.w3.org/2000/svg", width, height: full, viewBox: `0 0 ${width} ${full}` })
  const above = svg("g", {})
  for (const { source: href, greyed } of pictures) {
    above.append(svg("image", { href, width, height, style: greyed ? "filter: grayscale(1) opacity(0.35)" : null }))
  }
  above.append(...Array.from(overlay.children, (part) => part.cloneNode(true)))
  page.append(svg("rect", { width, height: full, fill: theme.background }), plot, above, group)
  const text = new XMLSerializer().serializeToString(page)
  const file = new Blob([text], { type: "image/svg+xml" })
  save(format === "svg" ? file : await rasterise(file, width, full), `map.${format}`)
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
