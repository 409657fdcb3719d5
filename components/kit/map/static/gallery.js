// Pictures outside the map: a grid to pick from, or one that is large.

import { html } from "./dom.js"

const TINY = 48
const SMALLEST = 160
const ASK_AT_MOST_EVERY = 20000
const STEPS = { ArrowRight: 1, ArrowLeft: -1 }

export function render({ parentElement, data, setTriggerValue }) {
  const said = JSON.stringify(data)
  if (parentElement.dataset.shown === said) return tryAgain(parentElement)
  const old = parentElement.querySelector(".vs-gallery, .vs-large")
  const focused = old?.contains(document.activeElement)
  old?.remove()
  if (!parentElement.querySelector("link")) parentElement.append(styles())
  const tell = {
    picked: (row) => setTriggerValue("picked", { row, count: Date.now() }),
    lost: () => mayAsk(parentElement) && setTriggerValue("lost", Date.now()),
  }
  const drawn = data.large ? large(data, tell) : data.listed ? listing(data, tell) : grid(data, tell)
  parentElement.append(drawn)
  parentElement.dataset.shown = said
  if (focused) drawn.querySelector("button")?.focus({ preventScroll: true })
}

function styles() {
  return html("link", { rel: "stylesheet", href: new URL("gallery.css", import.meta.url).href })
}

// Pictures may have left the server's memory; one run of the page puts them back.
function mayAsk(parent) {
  const now = Date.now()
  if (now - Number(parent.dataset.asked ?? 0) < ASK_AT_MOST_EVERY) return false
  parent.dataset.asked = now
  return true
}

function tryAgain(parent) {
  for (const image of parent.querySelectorAll(".vs-lost")) image.src = String(image.src)
}

function large({ items: [item], height }, tell) {
  const frame = html("div", { class: "vs-large-frame" }, image(item, tell, true))
  frame.style.setProperty("--vs-large", `${height}px`)
  if (item.box) frame.append(outline(item.box))
  return html("div", { class: "vs-large" }, frame)
}

// The part within the box stays clear, the rest is dimmed.
function outline([left, top, right, bottom]) {
  const part = html("div", { class: "vs-large-box" })
  const percent = (share) => `${(100 * share).toFixed(2)}%`
  Object.assign(part.style, {
    left: percent(left),
    top: percent(top),
    width: percent(right - left),
    height: percent(bottom - top),
  })
  return part
}

function grid({ items, note }, tell) {
  const list = html("div", { class: "vs-gallery-grid", role: "group", "aria-label": "Pictures" })
  items.forEach((item, place) => list.append(tile(item, place, tell)))
  list.addEventListener("keydown", (event) => walk(event, list))
  const root = html("div", { class: "vs-gallery" }, list)
  if (note) root.append(html("div", { class: "vs-gallery-note" }, note))
  return root
}

// Whole texts one below the other, each with its number and how long a bar that makes.
function listing({ items, note }, tell) {
  const list = html("div", { class: "vs-listing", role: "group", "aria-label": "Items" })
  items.forEach((item, place) => list.append(line(item, place, tell)))
  list.addEventListener("keydown", (event) => walk(event, list))
  const root = html("div", { class: "vs-gallery" }, list)
  if (note) root.append(html("div", { class: "vs-gallery-note" }, note))
  return root
}

function line(item, place, tell) {
  const label = item.caption ? `${item.alt}, ${item.caption}` : item.alt
  const button = html("button", { type: "button", class: "vs-line", "data-row": item.row, "aria-label": label })
  button.tabIndex = place ? -1 : 0
  if (item.source) button.append(html("span", { class: "vs-line-picture" }, image(item, tell)))
  button.append(html("span", { class: "vs-line-text" }, item.alt))
  if (item.caption) button.append(html("span", { class: "vs-line-number" }, item.caption))
  if (item.share !== undefined) button.style.setProperty("--vs-share", `${(100 * item.share).toFixed(1)}%`)
  button.onclick = () => tell.picked(item.row)
  return button
}

function tile(item, place, tell) {
  const label = item.caption ? `${item.alt}, ${item.caption}` : item.alt
  const button = html("button", { type: "button", class: "vs-tile", "data-row": item.row, "aria-label": label, title: item.alt })
  button.tabIndex = place ? -1 : 0
  button.append(html("span", { class: "vs-tile-picture" }, item.source ? image(item, tell) : text(item)))
  if (item.caption) button.append(html("span", { class: "vs-tile-caption" }, item.caption))
  button.onclick = () => tell.picked(item.row)
  return button
}

function text(item) {
  return html("span", { class: "vs-tile-text" }, item.alt)
}

function image({ source, alt }, tell, large = false) {
  const loading = large ? "eager" : "lazy"
  const element = html("img", { alt, loading, decoding: "async", draggable: "false" })
  element.onload = () => {
    const { naturalWidth: wide, naturalHeight: high } = element
    const side = Math.max(wide, high)
    element.classList.toggle("vs-tiny", side <= TINY)
    if (large && side < SMALLEST) element.width = Math.round((wide * SMALLEST) / side)
    element.classList.add("vs-there")
    element.classList.remove("vs-lost")
  }
  element.onerror = () => {
    element.classList.add("vs-lost")
    tell.lost()
  }
  element.src = new URL(source, document.baseURI).href
  return element
}

// One stop for the Tab key; arrows go from picture to picture.
function walk(event, list) {
  const tiles = [...list.children]
  const at = tiles.indexOf(event.target.closest(".vs-tile"))
  if (at < 0 || event.ctrlKey || event.metaKey || event.altKey) return
  const columns = getComputedStyle(list).gridTemplateColumns.split(" ").length
  const step = { ...STEPS, ArrowDown: columns, ArrowUp: -columns }[event.key]
  const to = event.key === "Home" ? 0 : event.key === "End" ? tiles.length - 1 : step ? at + step : -1
  if (!tiles[to]) return
  event.preventDefault()
  tiles[at].tabIndex = -1
  tiles[to].tabIndex = 0
  tiles[to].focus()
}
