// What the colours mean; a click on a category keeps it in colour and greys the others.

import { html, svg } from "./dom.js"

const COLUMN = 190

const OUTLINES = {
  circle: "M6 1.5a4.5 4.5 0 1 0 .001 0Z",
  square: "M2 2h8v8h-8Z",
  diamond: "M6 .8L11.2 6L6 11.2L.8 6Z",
  "triangle-up": "M6 1L11 10.2H1Z",
  "triangle-down": "M6 11L11 1.8H1Z",
  cross: "M4.2 1h3.6v3.2H11v3.6H7.8V11H4.2V7.8H1V4.2h3.2Z",
  x: "M2.9 1L6 4.1L9.1 1L11 2.9L7.9 6L11 9.1L9.1 11L6 7.9L2.9 11L1 9.1L4.1 6L1 2.9Z",
  star: "M6 .6L7.5 4.3L11.4 4.5L8.4 7L9.4 11L6 8.8L2.6 11L3.6 7L.6 4.5L4.5 4.3Z",
}

export function drawLegend(element, { colour, painted, theme, missing, shapes, only, onToggle }) {
  const focused = element.contains(document.activeElement) ? document.activeElement.dataset.code : null
  element.replaceChildren()
  element.hidden = colour.kind === "none"
  if (element.hidden) return
  element.append(html("div", { class: "vs-legend-title" }, colour.title))
  if (colour.kind === "numeric") element.append(bar(colour, theme))
  const entries = colour.kind === "categorical" ? colour.labels.map((label, code) => ({ label, code })) : []
  if (missing) entries.push({ label: colour.absent ?? "no value", code: -1 })
  const list = html("div", { class: "vs-legend-list" })
  for (const { label, code } of entries) {
    const tint = code < 0 ? colour.missing[theme.name][0] : painted.table[code]
    const count = code < 0 ? missing : colour.counts[code]
    const button = html(
      "button",
      { type: "button", class: "vs-legend-entry", "aria-pressed": String(only.has(code)), "data-code": code, title: label },
      swatch(tint, (code >= 0 && shapes?.[code]) || "circle"),
      html("span", { class: "vs-legend-label" }, label),
      html("span", { class: "vs-legend-count" }, count === undefined ? "" : count.toLocaleString("en")),
    )
    button.onclick = () => onToggle(code)
    list.append(button)
  }
  if (entries.length) element.append(list)
  if (focused !== null) list.querySelector(`[data-code="${focused}"]`)?.focus()
}

function swatch(tint, shape) {
  const path = svg("path", { d: OUTLINES[shape], fill: tint })
  return svg("svg", { viewBox: "0 0 12 12", width: 12, height: 12, "aria-hidden": "true" }, path)
}

function bar(colour, theme) {
  const strip = html("div", { class: "vs-legend-bar" })
  strip.style.background = `linear-gradient(to right, ${colour.colours[theme.name].join(",")})`
  const ends = html("div", { class: "vs-legend-ends" }, html("span", {}, valueText(colour, colour.low)), html("span", {}, valueText(colour, colour.high)))
  return html("div", {}, strip, ends)
}

// A value of a colouring: a number, or a date; dates that lie close together say the hour too.
export function valueText({ dates, low, high }, value) {
  if (!dates) return number(value)
  const [day, time] = new Date(value * 86400000).toISOString().split("T")
  return high - low < 2 ? `${day} ${time.slice(0, 5)}` : day
}

export function number(value) {
  return written(value).replace("-", "−")
}

function written(value) {
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e6) return value.toLocaleString("en")
  return size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(2) : String(Number(value.toPrecision(3)))
}

// The legend as SVG, for pictures that are taken away.
export function legendAsSvg({ colour, painted, theme, shapes }, x, y, width) {
  const group = svg("g", { "font-family": theme.font, "font-size": 12, fill: theme.text, transform: `translate(${x},${y})` })
  if (colour.kind === "none") return { group, height: 0 }
  const text = (content, left, top, anchor = "start", weight = 400) => {
    const node = svg("text", { x: left, y: top, "text-anchor": anchor, "font-weight": weight })
    node.textContent = content
    return node
  }
  group.append(text(colour.title, 0, 12, "start", 600))
  if (colour.kind === "numeric") {
    const stops = colour.colours[theme.name]
    stops.forEach((tint, i) => group.append(svg("rect", { x: i * 20, y: 20, width: 20, height: 10, fill: tint })))
    group.append(text(valueText(colour, colour.low), 0, 44), text(valueText(colour, colour.high), stops.length * 20, 44, "end"))
    return { group, height: 52 }
  }
  const columns = Math.max(1, Math.floor((width - 2 * x) / COLUMN))
  const lines = Math.ceil(colour.labels.length / columns)
  colour.labels.forEach((label, i) => {
    const shape = OUTLINES[shapes?.[i] ?? "circle"]
    const left = COLUMN * Math.floor(i / lines)
    const top = 22 + 18 * (i % lines)
    const look = { d: shape, fill: painted.table[i], transform: `translate(${left},${top})` }
    group.append(svg("path", look), text(label, left + 20, top + 10))
  })
  return { group, height: 26 + 18 * lines }
}
