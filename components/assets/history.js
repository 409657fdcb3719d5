// One entry of the browser's history for each choice. Streamlit 1.67 adds one for every change of the address: going to
// another page first takes the old page's parameters away, then names the page, then adds the new page's parameters.
// Here a run of the script changes the entry in place, and what the address was before is put back when the run ends.
const push = history.pushState
const QUIET = 100 // milliseconds
let before = null
let arriving = true
let timer = 0

// A short run may come and go within one drawing of the page, so its end is asked for, not waited for.
function whenIdle() {
  clearTimeout(timer)
  timer = setTimeout(() => {
    const idle = document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"
    if (idle) ended()
    else whenIdle()
  }, QUIET)
}

function ended() {
  const now = location.href
  if (before !== null && before !== now) {
    history.replaceState(history.state, "", before)
    push.call(history, {}, "", now)
  }
  before = null
  arriving = false
}

function add(state, title, url) {
  whenIdle()
  const same = new URL(url, location.href).pathname === location.pathname
  if (same) {
    if (!arriving) before ??= location.href
    return history.replaceState(state, title, url)
  }
  if (before !== null) history.replaceState(history.state, "", before)
  push.call(history, state, title, url)
  before = null
  arriving = true
}

export default function () {
  if (window.vsHistory) return
  window.vsHistory = { arriving: () => arriving }
  history.pushState = add
  addEventListener("popstate", () => {
    before = null
    arriving = true
    whenIdle()
  })
  whenIdle()
}
