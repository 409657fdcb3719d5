// The map's own buttons.

import { html, svg } from "./dom.js"

const ICONS = {
  pan: "M12 3v18M3 12h18M12 3l-3 3M12 3l3 3M12 21l-3-3M12 21l3-3M3 12l3-3M3 12l3 3M21 12l-3-3M21 12l-3 3",
  box: "M4 4h4M10 4h4M16 4h4v4M20 10v4M20 16v4h-4M14 20h-4M8 20H4v-4M4 14v-4M4 8V4",
  lasso: "M12 4c5 0 9 2.4 9 6s-4 6-9 6-9-2.4-9-6 4-6 9-6M7.5 15.2c-1.5.8-1.700 2.600-.2 3.2 1.600.6 2.600 1.2 1.700 2.600",
  clear: "M5 5l14 14M19 5L5 19",
  in: "M12 5v14M5 12h14",
  out: "M5 12h14",
  home: "M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5",
  turn: "M19.500 9A8 8 0 1 0 20 12M20 4v5h-5",
  words: "M3 18L8 6l5 12M4.7 14h6.600M15 15.5c0-3 5-2.5 5-2.5v-1c0-2.5-4-2.5-4.5-.6M20 13v5M20 15.5c0 3-5 3.2-5 0",
  pictures: "M4 5h16v14H4ZM4 16l5-5 4 4 2.500-2.500L20 17M15 9.500h.01",
  png: "M12 4v11M7.5 11L12 15.5L16.5 11M4 20h16",
  svg: "M12 4v11M7.5 11L12 15.5L16.5 11M4 20h16",
  full: "M14 4h6v6M20 4l-7 7M10 20H4v-6M4 20l7-7",
}
const NAMES = {
  pan: "Move the map",
  box: "Select with a box",
  lasso: "Select with a lasso",
  clear: "Take the selection away",
  in: "Zoom in",
  out: "Zoom out",
  home: "Show the whole map",
  turn: "Turn the map",
  words: "Labels on the map",
  pictures: "Pictures in place of dots",
  png: "Download as PNG",
  svg: "Download as SVG",
  full: "Full screen",
}
const GROUPS = [
  ["pan", "box", "lasso", "clear"],
  ["in", "out", "home", "turn"],
  ["words", "pictures", "png", "svg", "full"],
]

export class Toolbar {
  constructor(actions) {
    this.buttons = {}
    this.element = html("div", { class: "vs-toolbar", role: "toolbar", "aria-label": "Map tools" })
    for (const names of GROUPS) {
      const group = html("div", { class: "vs-tools" })
      for (const name of names) group.append(this.button(name, actions[name]))
      this.element.append(group)
    }
  }

  button(name, action) {
    const icon = svg("svg", { viewBox: "0 0 24 24", width: 16, height: 16, "aria-hidden": "true" }, svg("path", { d: ICONS[name] }))
    const button = html("button", { type: "button", "data-tool": name, "aria-label": NAMES[name], title: NAMES[name] }, icon)
    if (name === "png" || name === "svg") button.append(html("span", { class: "vs-format" }, name.toUpperCase()))
    button.onclick = action
    this.buttons[name] = button
    return button
  }

  show({ mode, flat, shape, words, pictures, turning }) {
    for (const name of ["pan", "box", "lasso"]) {
      this.buttons[name].hidden = !flat
      this.buttons[name].setAttribute("aria-pressed", String(mode === name))
    }
    this.buttons.clear.hidden = !flat || !shape
    this.buttons.words.setAttribute("aria-pressed", String(words))
    this.buttons.turn.hidden = flat
    this.buttons.turn.setAttribute("aria-pressed", String(turning))
    this.buttons.pictures.hidden = pictures === null
    this.buttons.pictures.setAttribute("aria-pressed", String(pictures))
    this.buttons.full.hidden = !document.fullscreenEnabled
    this.buttons.pan.parentElement.hidden = !flat
  }

  // Where the tools lie on a canvas, as [left, top, right, bottom]; above it they are in nobody's way.
  boxes(canvas) {
    const from = canvas.getBoundingClientRect()
    const groups = Array.from(this.element.children, (group) => group.getBoundingClientRect())
    const on = groups.filter(({ width, bottom }) => width && bottom > from.top + 1)
    return on.map(({ left, top, right, bottom }) => [left - from.left, top - from.top, right - from.left, bottom - from.top])
  }
}
