// The region map in the page: draws the ground once, colours it, tells what is under the pointer, opens what is clicked.
const SVG = "http://www.w3.org/2000/svg";
const grounds = new Map();

export default function ({ data, parentElement }) {
  const host = parentElement.querySelector(".lt-region-host");
  if (!host) return;
  const state = host.__liantu ?? (host.__liantu = start(host));
  state.data = data;
  ground(data).then(
    (held) => {
      if (state.data !== data) return;
      draw(state, held);
      paint(state);
    },
    () => {
      grounds.delete(data.url);
      if (!state.svg) host.textContent = "地图没有加载成功，请刷新页面；名单和筛选不受影响。";
    },
  );
}

function start(host) {
  const state = { host, data: null, held: null, svg: null, paths: new Map() };
  state.tip = document.createElement("div");
  state.tip.className = "lt-tip";
  state.tip.setAttribute("role", "tooltip");
  host.addEventListener("pointermove", (event) => hover(state, event));
  host.addEventListener("pointerleave", () => state.tip.classList.remove("lt-tip-on"));
  host.addEventListener("click", (event) => open(state, event));
  new ResizeObserver(() => state.svg && write(state)).observe(host);
  return state;
}

// the country is one file that the browser keeps; fictional regions come with the page
function ground(data) {
  if (data.ground) return Promise.resolve(data.ground);
  if (!grounds.has(data.url)) grounds.set(data.url, fetch(data.url).then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status))));
  return grounds.get(data.url);
}

function made(name, attributes, parent) {
  const node = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  parent?.append(node);
  return node;
}

function draw(state, held) {
  if (state.held === held) return;
  state.held = held;
  state.paths.clear();
  const svg = made("svg", { viewBox: `0 0 ${held.width} ${held.height}`, role: "img", class: "lt-region-map" });
  const pattern = made("pattern", { id: "lt-no-data", width: 12, height: 12, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, made("defs", {}, svg));
  made("rect", { width: 12, height: 12, class: "lt-no-data-ground" }, pattern);
  made("rect", { width: 4, height: 12, class: "lt-no-data-line" }, pattern);
  for (const [code, [path]] of Object.entries(held.areas)) {
    state.paths.set(code, made("path", { d: path, class: "lt-region", "data-code": code }, svg));
  }
  made("path", { d: held.borders, class: "lt-region-borders" }, svg);
  made("path", { d: held.lines, class: "lt-region-lines" }, svg);
  state.ring = made("path", { class: "lt-region-chosen" }, svg);
  state.names = made("g", { class: "lt-region-names" }, svg);
  state.svg = svg;
  state.host.replaceChildren(svg, state.tip);
}

function paint(state) {
  const { areas, chosen, title, dim } = state.data;
  const quiet = new Set(dim);
  state.svg.setAttribute("aria-label", title);
  for (const [code, path] of state.paths) {
    const area = areas[code];
    path.style.fill = area?.fill ?? "";
    path.classList.toggle("lt-region-none", !area?.fill);
    path.classList.toggle("lt-region-opens", Boolean(area?.href));
    path.classList.toggle("lt-region-dim", quiet.has(code));
  }
  ring(state, chosen);
  write(state);
}

function ring(state, code) {
  state.ring.setAttribute("d", state.paths.get(code)?.getAttribute("d") ?? "");
  state.host.dataset.chosen = code ?? "";
}

// names at a size that can be read at this width, the first first, none upon another
function write(state) {
  const unit = 1 / (state.svg.getScreenCTM()?.a || 1);
  const size = 13 * unit;
  state.names.replaceChildren();
  const taken = [];
  for (const code of state.data.named) {
    const place = state.held.areas[code];
    if (!place || state.data.dim.includes(code)) continue;
    const [, short, x, y] = place;
    const name = code === state.data.home ? `★${short}` : short;
    const below = y - 0.6 * size; // above the middle: a small area stays in sight
    const box = [x - (name.length * size) / 2, below - size, x + (name.length * size) / 2, below];
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
    taken.push(box);
    const text = made("text", { x, y: below, "font-size": size, "text-anchor": "middle", "stroke-width": 3.4 * unit }, state.names);
    text.textContent = name;
  }
}

function hover(state, event) {
  const code = event.target.dataset?.code;
  const told = code && (state.data.areas[code]?.tip ?? [state.held.areas[code][1], state.data.none]);
  state.tip.classList.toggle("lt-tip-on", Boolean(told));
  if (!told) return;
  const [first, ...more] = told;
  const head = document.createElement("strong");
  head.textContent = first;
  const lines = more.map((line) => Object.assign(document.createElement("p"), { textContent: line }));
  state.tip.replaceChildren(head, ...lines);
  const room = state.host.getBoundingClientRect();
  const x = event.clientX - room.left, y = event.clientY - room.top;
  const width = state.tip.offsetWidth, height = state.tip.offsetHeight;
  state.tip.style.left = `${Math.max(0, Math.min(x + 14, room.width - width))}px`;
  state.tip.style.top = `${y + 18 + height > room.height ? y - height - 12 : y + 18}px`;
}

function open(state, event) {
  const code = event.target.dataset?.code;
  const href = code && state.data.areas[code]?.href;
  if (!href) return;
  ring(state, state.host.dataset.chosen === code ? null : code);
  const link = document.createElement("a");
  link.dataset.nav = "";
  link.hidden = true;
  link.setAttribute("href", href);
  state.host.append(link);
  link.click();
  link.remove();
}
