// Small helpers to build elements; every text goes in as text, never as markup.

const SVG = "http://www.w3.org/2000/svg"

export function html(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children)
}

export function svg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children)
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) element.setAttribute(name, value)
  }
  element.append(...children)
  return element
}

export function later(milliseconds, action) {
  let timer = null
  const start = (...given) => {
    clearTimeout(timer)
    timer = setTimeout(() => action(...given), milliseconds)
  }
  start.stop = () => clearTimeout(timer)
  return start
}

// At most once for each painted frame, with the last arguments.
export function onceAFrame(action) {
  let waiting = null
  let last = []
  return (...given) => {
    last = given
    waiting ??= requestAnimationFrame(() => {
      waiting = null
      action(...last)
    })
  }
}
