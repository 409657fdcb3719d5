// One entry of the browser's history for each choice. Streamlit 1.67 adds one for every change of the address: going to
// another page first takes the old page's parameters away, then names the page, then adds the new page's parameters.
// Here a run of the script changes the entry in place, and what it began with is put back before it when the run ends.
let before = null
let arriving = true

const idle = () => document.querySelector("[data-testid=stApp]")?.dataset.testScriptState === "notRunning"

function ended() {
  arriving = false
  if (before === null || before === location.href) return (before = null)
  const now = location.href
  history.replaceState(history.state, "", before)
  push.call(history, {}, "", now)
  before = null
}

function once() {
  if (window.vsHistory) return
  window.vsHistory = true
  const app = document.querySelector("[data-testid=stApp]")
  new MutationObserver(() => idle() && ended()).observe(app, { attributeFilter: ["data-test-script-state"] })
  addEventListener("popstate", () => { before = null; arriving = true })
  history.pushState = (state, title, url) => {
    const elsewhere = new URL(url, document.baseURI).pathname !== location.pathname
    if (elsewhere) {
      if (before !== null) history.replaceState(history.state, "", before)
      push.call(history, state, title, url)
      before = null
      arriving = true
    } else if (idle()) {
      push.call(history, state, title, url)
    } else {
      if (!arriving) before ??= location.href
      history.replaceState(state, title, url)
    }
  }
}

const push = history.pushState
export default once
