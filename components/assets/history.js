// One entry of the browser's history for each choice. Streamlit 1.67 adds one for every change of the address: going to
// another page first takes the old page's parameters away, then names the page, then adds the new page's parameters.
// Here a run of the script changes the entry in place, and what the address was before is put back when the run ends.
const push = history.pushState
let before = null
let arriving = true

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
  window.vsHistory = true
  history.pushState = add
  addEventListener("popstate", () => {
    before = null
    arriving = true
  })
  const app = document.querySelector("[data-testid=stApp]")
  const look = () => app.dataset.testScriptState === "notRunning" && ended()
  new MutationObserver(look).observe(app, { attributeFilter: ["data-test-script-state"] })
}
