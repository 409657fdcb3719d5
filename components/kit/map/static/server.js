// What the map asks the server for: positions, numbers, rows, labels, and Plotly itself.

const HEADER_BYTES = 40
const MOST_KEPT = 24
const LABELS_AT_ONCE = 100
const kept = new Map()
let plotly = null

export class Refused extends Error {
  constructor(message, gone = false) {
    super(message)
    this.gone = gone
  }
}

export function address(path) {
  return new URL(`api/${path}`, document.baseURI).href
}

export function loadPlotly(version) {
  plotly ??= window.Plotly ? Promise.resolve(window.Plotly) : addScript(address(`vendor/plotly.min.js?v=${version}`))
  return plotly
}

function addScript(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script")
    script.src = source
    script.onload = () => resolve(window.Plotly)
    script.onerror = () => {
      plotly = null
      script.remove()
      reject(new Refused("The drawing library could not be loaded. Reload the page."))
    }
    document.head.append(script)
  })
}

async function ask(path) {
  let response
  try {
    response = await fetch(address(path))
  } catch {
    throw new Refused("The server does not answer. Check the connection and reload the page.")
  }
  if (response.ok) return response
  const said = await response.json().catch(() => null)
  throw new Refused(said?.error ?? "The server could not send this map. Reload the page.", response.status === 404)
}

// Small answers are kept, so that going back to an earlier colouring costs nothing.
function keep(path, read) {
  const known = kept.get(path)
  if (known) return known
  const answer = ask(path).then(read)
  kept.set(path, answer)
  answer.catch(() => kept.delete(path))
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value)
  return answer
}

export function floats(token) {
  return keep(`values/${token}`, async (response) => new Float32Array(await response.arrayBuffer()))
}

export function rows(token) {
  return keep(`rows/${token}`, async (response) => new Uint32Array(await response.arrayBuffer()))
}

export function points(token, { view = null, limit = null, first = null } = {}) {
  const query = new URLSearchParams()
  if (view) query.set("view", view.join(","))
  if (limit) query.set("limit", limit)
  if (first) query.set("first", first)
  const path = `points/${token}?${query}`
  const read = async (response) => decodePoints(await response.arrayBuffer())
  return view ? ask(path).then(read) : keep(path, read)
}

export function densityAddress(token, view, theme) {
  return address(`density/${token}?view=${view.join(",")}&theme=${theme}`)
}

async function picture(path) {
  const response = await ask(path)
  return createImageBitmap(await response.blob())
}

export function sheet(token, index) {
  return picture(`sheet/${token}/${index}`)
}

export function thumbnail(token, row, side) {
  return picture(`thumbnail/${token}/${row}?side=${side}`)
}

export function thumbnailAddress(token, row, side) {
  return address(`thumbnail/${token}/${row}?side=${side}`)
}

// The format is described at `Positions.to_bytes`.
export function decodePoints(buffer) {
  const [count, total, n, dims] = new Uint32Array(buffer, 0, 4)
  const bounds = new Float32Array(buffer, 16, 6)
  const part = (place, kind) => new kind(buffer, HEADER_BYTES + 4 * count * place, count)
  return {
    count,
    total,
    n,
    dims,
    low: Array.from(bounds.subarray(0, 3)),
    high: Array.from(bounds.subarray(3, 6)),
    rows: part(0, Uint32Array),
    x: part(1, Float32Array),
    y: part(2, Float32Array),
    z: dims === 3 ? part(3, Float32Array) : null,
  }
}

// The labels of one collection, as far as somebody has looked at them.
export class LabelBook {
  constructor(token) {
    this.token = token
    this.texts = new Map()
    this.asked = new Map()
  }

  get(row) {
    return this.texts.get(row)
  }

  // Ends when all of them are there, also those that somebody else asked for.
  async want(wanted) {
    const missing = wanted.filter((row) => !this.texts.has(row) && !this.asked.has(row))
    for (let start = 0; start < missing.length; start += LABELS_AT_ONCE) {
      const part = missing.slice(start, start + LABELS_AT_ONCE)
      const answer = this.fetch(part)
      part.forEach((row) => this.asked.set(row, answer))
    }
    await Promise.all(new Set(wanted.map((row) => this.asked.get(row))))
  }

  async fetch(part) {
    try {
      const response = await ask(`labels/${this.token}?rows=${part.join(",")}`)
      const texts = await response.json()
      part.forEach((row, place) => this.texts.set(row, texts[place]))
    } finally {
      part.forEach((row) => this.asked.delete(row))
    }
  }
}
