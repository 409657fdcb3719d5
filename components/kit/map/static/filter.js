// The charts of the filter: a histogram to brush, or bars to pick, for each column, with what the others leave of it.

import { html, svg } from "./dom.js"

const SHOWN = 5
const CLICK = 3

export function render({ parentElement, data, setTriggerValue }) {
  let box = parentElement.querySelector(".vs-filter")
  if (!box) {
    parentElement.append(styles(), (box = html("div", { class: "vs-filter" })))
    box.charts = new Map()
  }
  const tell = (column, said) => setTriggerValue("brushed", { column, ...said })
  const wanted = new Set(data.charts.map(({ column }) => column))
  for (const [column, chart] of box.charts) {
    if (!wanted.has(column)) chart.element.remove(), box.charts.delete(column)
  }
  data.charts.forEach((facet, place) => {
    const made = JSON.stringify([facet.scale, facet.labels, facet.offered])
    let chart = box.charts.get(facet.column)
    if (chart?.made !== made) {
      const held = chart?.element.contains(document.activeElement)
      const fresh = { made, ...draw(facet, (said) => tell(facet.column, said)) }
      if (chart) chart.element.replaceWith(fresh.element)
      else box.append(fresh.element)
      box.charts.set(facet.column, (chart = fresh))
      if (held) fresh.element.querySelector("button, input")?.focus({ preventScroll: true })
    }
    if (box.children[place] !== chart.element) box.insertBefore(chart.element, box.children[place])
    chart.update(facet)
  })
}

function styles() {
  return html("link", { rel: "stylesheet", href: new URL("filter.css", import.meta.url).href })
}

function draw(facet, tell) {
  const name = html("span", { class: "vs-facet-name", title: facet.column }, facet.column)
  const count = html("span", { class: "vs-facet-count" })
  const element = html("section", { class: "vs-facet", "data-column": facet.column, "aria-label": facet.column })
  element.append(html("div", { class: "vs-facet-head" }, name, count))
  if (!facet.labels) {
    count.textContent = "…"
    return { element, update() {} }
  }
  const say = (text) => (count.textContent = text)
  const body = facet.scale ? histogram(facet, tell, say) : bars(facet, tell)
  const missing = html("button", { type: "button", class: "vs-facet-bar" })
  element.append(body.element, missing)
  const more = typing(facet, tell)
  element.querySelector(".vs-facet-head").append(more.button)
  element.append(more.form)
  let state = facet
  missing.onclick = () => tell({ bars: chosen(state.picked), missing: !state.missing_picked })
  return {
    element,
    update(now) {
      state = now
      const some = anything(now)
      element.classList.toggle("vs-facet-on", some)
      say(number(now.known))
      body.update(now)
      fillBar(missing, "no value", [now.missing, now.missing_kept, now.missing_picked], now, some)
      missing.hidden = !now.missing
    },
  }
}

const number = (count) => count.toLocaleString("en")
const most = ({ of_all }) => Math.max(1, ...of_all)
const anything = ({ picked, missing_picked }) => missing_picked || picked.some(Boolean)
const chosen = (on) => on.flatMap((each, place) => (each ? [place] : []))
const between = (first, last) => Array.from({ length: last - first + 1 }, (_, k) => first + k)

function histogram({ column, labels }, tell, say) {
  const many = labels.length
  const paths = ["all", "left", "kept"].map((name) => svg("path", { class: `vs-facet-${name}` }))
  const picture = svg("svg", { viewBox: `0 0 ${many} 1`, preserveAspectRatio: "none", "aria-hidden": "true" }, ...paths)
  const [from, to] = ["from", "to"].map((end) =>
    html("input", { type: "range", min: 0, max: many, step: 1, class: `vs-facet-${end}`, "aria-label": `${column}, ${end}` }),
  )
  const plot = html("div", { class: "vs-facet-plot" }, picture)
  const ends = html("div", { class: "vs-facet-ends", "aria-hidden": "true" },
    html("span", {}, labels[0].split(" to ")[0]), html("span", {}, labels.at(-1).split(" to ").at(-1)))
  const element = html("div", { class: "vs-facet-range" }, plot, html("div", { class: "vs-facet-thumbs" }, from, to), ends)
  let state = null
  let on = []

  const paint = () => {
    const some = on.some(Boolean) || state.missing_picked
    const top = most(state)
    const high = (count) => (count ? Math.max(0.03, count / top) : 0)
    const path = (counts, wanted) =>
      counts.map((count, k) => (wanted(k) && count ? `M${k + 0.06} 1V${1 - high(count)}H${k + 0.94}V1Z` : "")).join("")
    paths[0].setAttribute("d", path(state.of_all, () => true))
    paths[1].setAttribute("d", path(state.kept, (k) => some && !on[k]))
    paths[2].setAttribute("d", path(state.kept, (k) => !some || on[k]))
    const first = on.indexOf(true)
    const [low, high2] = first < 0 ? [0, many] : [first, on.lastIndexOf(true) + 1]
    from.value = low
    to.value = high2
    from.setAttribute("aria-valuetext", labels[Math.min(low, many - 1)])
    to.setAttribute("aria-valuetext", labels[high2 - 1])
  }
  const pick = (wanted) => {
    on = labels.map((_, k) => wanted.includes(k))
    paint()
  }
  const send = () => tell({ bars: chosen(on), missing: state.missing_picked && on.some(Boolean) })
  const slid = (moved) => {
    const [low, high] = [Number(from.value), Number(to.value)]
    if (moved === from) pick(between(Math.min(low, many - 1), Math.max(low, high - 1)))
    else pick(between(Math.min(low, Math.max(0, high - 1)), Math.max(0, high - 1)))
  }
  for (const thumb of [from, to]) {
    thumb.oninput = () => slid(thumb)
    thumb.onchange = send
  }

  let begun = null
  const barAt = (event) => {
    const box = plot.getBoundingClientRect()
    return Math.max(0, Math.min(many - 1, Math.floor(((event.clientX - box.left) / box.width) * many)))
  }
  plot.onpointerdown = (event) => {
    if (event.button) return
    begun = { bar: barAt(event), x: event.clientX, moved: false }
    plot.setPointerCapture(event.pointerId)
  }
  plot.onpointermove = (event) => {
    const bar = barAt(event)
    say(`${labels[bar]}: ${number(state.kept[bar])} of ${number(state.of_all[bar])}`)
    if (!begun) return
    begun.moved ||= Math.abs(event.clientX - begun.x) > CLICK
    if (begun.moved) pick(between(Math.min(begun.bar, bar), Math.max(begun.bar, bar)))
  }
  plot.onpointerup = (event) => {
    if (!begun) return
    const bar = barAt(event)
    if (!begun.moved) pick(on[bar] ? chosen(on).filter((each) => each !== bar) : [...chosen(on), bar])
    begun = null
    send()
  }
  plot.onpointercancel = () => {
    if (begun) (begun = null), pick(chosen(state.picked))
  }
  plot.onpointerleave = () => state && say(number(state.known))
  return {
    element,
    update(now) {
      state = now
      if (!begun) on = [...now.picked]
      paint()
    },
  }
}

function bars({ labels }, tell) {
  let state = null
  let open = false
  const buttons = labels.map((label, place) => {
    const button = html("button", { type: "button", class: "vs-facet-bar" })
    button.onclick = () => {
      const on = state.picked.map((each, k) => (k === place ? !each : each))
      tell({ bars: chosen(on), missing: state.missing_picked })
    }
    return button
  })
  const other = html("div", { class: "vs-facet-bar vs-facet-other" })
  const more = html("button", { type: "button", class: "vs-facet-more" })
  const element = html("div", { class: "vs-facet-bars" }, ...buttons, other, more)
  const update = (now) => {
    state = now
    const some = anything(now)
    buttons.forEach((button, k) => {
      fillBar(button, labels[k], [now.of_all[k], now.kept[k], now.picked[k]], now, some)
      button.hidden = !open && k >= SHOWN && !now.picked[k]
    })
    other.hidden = !now.others || (!open && labels.length > SHOWN)
    fillBar(other, `other (${number(now.others)} ${now.others === 1 ? "value" : "values"})`, [now.other, now.other_kept, false], now, some)
    const hidden = buttons.filter((button) => button.hidden).length
    more.hidden = labels.length <= SHOWN
    more.textContent = open ? "fewer" : `${hidden} more`
    more.setAttribute("aria-expanded", String(open))
  }
  more.onclick = () => {
    open = !open
    update(state)
  }
  return { element, update }
}

// A length counts as the share of the largest bar; what is picked, or all where nothing is, has the accent.
function fillBar(bar, label, [all, kept, on], facet, some) {
  const share = (count) => `${Math.min(100, (100 * count) / most(facet)).toFixed(1)}%`
  bar.style.setProperty("--all", share(all))
  bar.style.setProperty("--kept", share(kept))
  bar.classList.toggle("vs-facet-off", some && !on)
  if (bar.tagName === "BUTTON") bar.setAttribute("aria-pressed", String(on))
  bar.title = `${label}: ${number(kept)} of ${number(all)}`
  bar.replaceChildren(
    html("span", { class: "vs-facet-label" }, label),
    html("span", { class: "vs-facet-number" }, number(kept)),
  )
}

let lists = 0

// What has no bar, and ends that are no round numbers, are typed.
function typing({ column, offered, hint }, tell) {
  const id = `vs-facet-list-${(lists += 1)}`
  const input = html("input", { type: "text", placeholder: hint, "aria-label": `${column}: ${hint}`, list: offered.length ? id : null })
  const form = html("form", { class: "vs-facet-typing", hidden: "" }, input)
  if (offered.length) form.append(html("datalist", { id }, ...offered.map((value) => html("option", { value }))))
  const button = html("button", { type: "button", class: "vs-facet-dots", title: hint, "aria-label": `${column}: ${hint}`, "aria-expanded": "false" }, "…")
  button.onclick = () => {
    form.hidden = !form.hidden
    button.setAttribute("aria-expanded", String(!form.hidden))
    if (!form.hidden) input.focus()
  }
  form.onsubmit = (event) => {
    event.preventDefault()
    if (input.value.trim()) tell({ typed: input.value.trim().slice(0, 200) })
    input.value = ""
  }
  return { button, form }
}
