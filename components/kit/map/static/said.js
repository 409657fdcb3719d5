// What the map shows, in words, for people who do not see it.

const MOST = 12

export function speak(view) {
  const { data, chosen } = view
  view.described.textContent = described(data)
  // Only what was chosen here is read aloud, not what another part of the page selects.
  if (data.selected && data.selected.row === chosen) view.live.textContent = selection(data)
}

// What is laid over and under the points.
function described({ names, outlines, halos, signs }) {
  const said = []
  if (names.length) said.push(`Names on the map: ${listed(names)}.`)
  if (outlines && signs.outline) said.push(`Outlines: ${signs.outline}.`)
  if (halos && signs.halo) said.push(`Discs: ${signs.halo}.`)
  return said.join(" ")
}

// The selected point with what is tied to it and what is crossed out.
function selection({ selected, marked, crossed, signs }) {
  const said = [selected.text]
  const meaning = (text) => (crossed.length && text ? ` (${text})` : "")
  if (marked.length) said.push(`Tied by lines${meaning(signs.marked)}: ${listed(marked)}`)
  if (crossed.length) said.push(`Crossed out${meaning(signs.crossed)}: ${listed(crossed)}`)
  return said.join(". ")
}

function listed(parts) {
  const texts = parts.slice(0, MOST).map(({ text }) => text)
  const more = parts.length - texts.length
  return texts.join(", ") + (more ? ` and ${more} more` : "")
}
