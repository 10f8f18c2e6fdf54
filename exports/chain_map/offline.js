// The map in a file of its own: a card opens its panel, arrows and letters find their way, nothing is asked of anyone.
const { panels, labels, initials } = JSON.parse(document.getElementById("data").textContent);
const svg = document.querySelector("#map svg");
const panel = document.getElementById("panel");
const field = document.getElementById("find");
const cards = new Map([...svg.querySelectorAll(".lt-card")].map((node) => [node.dataset.id, node]));

function make(tag, text, css) {
  const node = document.createElement(tag);
  if (text) node.textContent = text;
  if (css) node.className = css;
  return node;
}

function chip(label) {
  const node = make("span", `${labels[label].letter} ${labels[label].word}`, "chip");
  node.style.background = `var(--${label})`;
  return node;
}

function entry(line) {
  const item = make("li");
  const row = make("span");
  if (line.segment) {
    const opens = make("button", line.name);
    opens.addEventListener("click", () => (location.hash = line.segment));
    row.append(opens);
  } else row.append(make("span", line.name));
  row.append(make("b", line.figure));
  item.append(row);
  if (line.note) item.append(make("small", line.note));
  return item;
}

function show(id) {
  const said = panels[id];
  for (const node of svg.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
  panel.hidden = !said;
  trace(said ? id : null);
  if (!said) return;
  cards.get(id).setAttribute("aria-current", "true");
  cards.get(id).scrollIntoView({ block: "nearest", inline: "nearest" });
  const close = make("button", "✕", "close");
  close.setAttribute("aria-label", "关闭");
  close.addEventListener("click", () => (location.hash = ""));
  const marks = make("p");
  marks.append(chip(said.label), said.critical ? make("b", "　关键环节") : "");
  const facts = make("dl");
  for (const [word, value] of said.facts) facts.append(make("dt", word), make("dd", value));
  panel.replaceChildren(close, make("h2", said.name), make("p", said.place, "quiet"), marks, make("p", said.reason), facts);
  for (const [title, lines] of said.lists) {
    const list = make("ol");
    list.append(...lines.map(entry));
    panel.append(make("h3", title), lines.length ? list : make("p", "没有。", "quiet"));
  }
  panel.scrollTop = 0;
}

function trace(id) {
  svg.classList.toggle("lt-tracing", Boolean(id));
  const near = new Set([id]);
  for (const edge of svg.querySelectorAll(".lt-edge")) {
    const into = edge.dataset.to === id;
    const out = edge.dataset.from === id;
    edge.classList.toggle("lt-in", into);
    edge.classList.toggle("lt-out", out);
    if (into) near.add(edge.dataset.from);
    if (out) near.add(edge.dataset.to);
  }
  for (const [key, node] of cards) node.classList.toggle("lt-near", near.has(key));
}

function find(text) {
  const wanted = text.trim().toLowerCase();
  if (!wanted) return null;
  const of = (test) => Object.keys(panels).find(test);
  return (
    of((id) => panels[id].name.toLowerCase() === wanted) ??
    of((id) => panels[id].name.toLowerCase().includes(wanted)) ??
    of((id) => initials[id].includes(wanted))
  );
}

field.addEventListener("input", () => {
  const id = find(field.value);
  if (id) location.hash = id;
});
window.addEventListener("hashchange", () => show(decodeURIComponent(location.hash.slice(1))));
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") location.hash = "";
});
show(decodeURIComponent(location.hash.slice(1)));
