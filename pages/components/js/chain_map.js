// The chain map in the page: picks the drawing that fits the width, traces suppliers and users, keyboard, tooltip.
const DELAY = 120;
// parameters that the drawing does not depend on: a click leaves them as they are in the address
const KEPT = ["gaps", "firm", "all", "sort"];

export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".lt-map-host");
  if (!host) return;
  const state = host.__liantu ?? (host.__liantu = start(host));
  state.data = data;
  state.tell = setStateValue;
  draw(state);
  measure(state);
}

function start(host) {
  const state = { host, data: null, shown: null, timer: 0, told: null };
  state.tip = document.createElement("div");
  state.tip.className = "lt-tip";
  state.tip.setAttribute("role", "tooltip");
  host.addEventListener("pointerover", (event) => hover(state, event));
  host.addEventListener("pointerleave", () => rest(state));
  host.addEventListener("focusin", (event) => focus(state, event));
  host.addEventListener("focusout", () => rest(state));
  host.addEventListener("keydown", (event) => keys(state, event));
  window.addEventListener("popstate", () => host.isConnected && mark(state));
  new ResizeObserver(() => measure(state)).observe(host);
  return state;
}

// the widest drawing that fits, the narrowest where none does; Python then sends that one
function measure(state) {
  const room = state.host.clientWidth;
  if (!room || !state.data) return;
  const fitting = state.data.widths.filter((width) => width <= room * 1.08);
  const best = fitting.length ? Math.max(...fitting) : Math.min(...state.data.widths);
  if (best === state.data.width || best === state.told) return;
  state.told = best;
  state.tell("width", best);
}

function draw(state) {
  if (state.shown !== state.data.svg) {
    const active = state.host.contains(document.activeElement) ? document.activeElement.dataset.id : null;
    state.host.innerHTML = state.data.svg;
    state.host.append(state.tip);
    state.shown = state.data.svg;
    if (active) card(state, active)?.focus({ preventScroll: true });
  }
  const svg = state.host.querySelector("svg");
  const marked = new Set(state.data.marked);
  svg.classList.toggle("lt-only-gaps", Boolean(state.data.only_gaps));
  svg.classList.toggle("lt-marking", marked.size > 0);
  for (const node of svg.querySelectorAll(".lt-card")) node.classList.toggle("lt-marked", marked.has(node.dataset.id));
  mark(state);
}

function chosen() {
  return new URLSearchParams(window.location.search).get("segment");
}

// the choice is read from the address: a click shows at once, and the drawing need not be sent again
function mark(state) {
  keep(state);
  for (const node of state.host.querySelectorAll("[aria-current]")) node.removeAttribute("aria-current");
  const id = chosen();
  const found = id && card(state, id);
  if (found) found.setAttribute("aria-current", "true");
  if (found && id !== state.seen) uncover(found);
  state.seen = id;
  rest(state);
}

function keep(state) {
  const now = new URLSearchParams(window.location.search);
  for (const link of state.host.querySelectorAll("svg a[data-nav]")) {
    const [page, asked] = link.getAttribute("href").split("?");
    const params = new URLSearchParams(asked);
    for (const name of KEPT) {
      if (now.has(name)) params.set(name, now.get(name));
      else params.delete(name);
    }
    link.setAttribute("href", `${page}?${params}`);
  }
}

// the chosen card comes into sight; on narrow screens the panel covers the lower half: the card goes above it
function uncover(found) {
  if (window.innerWidth > 1100) return void found.scrollIntoView({ block: "nearest", inline: "nearest" });
  const scroller = found.closest('[data-testid="stMain"]');
  scroller?.scrollBy({ top: found.getBoundingClientRect().top - window.innerHeight * 0.18, behavior: "instant" });
}

function card(state, id) {
  return state.host.querySelector(`.lt-card[data-id="${CSS.escape(id)}"]`);
}

function hover(state, event) {
  const found = event.target.closest?.(".lt-card");
  window.clearTimeout(state.timer);
  if (event.pointerType === "touch") return; // a tap opens the panel, which says more
  if (!found) return void (state.timer = window.setTimeout(() => rest(state), DELAY));
  state.timer = window.setTimeout(() => show(state, found), DELAY / 2);
}

function focus(state, event) {
  const found = event.target.closest?.(".lt-card");
  if (found?.matches(":focus-visible")) show(state, found);
}

function show(state, found) {
  trace(state, found.dataset.id);
  const [title, ...lines] = found.dataset.tip.split("\n");
  const head = document.createElement("strong");
  head.textContent = title;
  state.tip.replaceChildren(head, ...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  state.tip.classList.add("lt-tip-on");
  const frame = state.host.getBoundingClientRect();
  const box = found.getBoundingClientRect();
  const size = state.tip.getBoundingClientRect();
  const left = Math.min(Math.max(0, box.left - frame.left), frame.width - size.width);
  const below = box.bottom - frame.top + 8;
  const fits = box.bottom + size.height + 12 < window.innerHeight;
  state.tip.style.left = `${left}px`;
  state.tip.style.top = `${fits ? below : box.top - frame.top - size.height - 8}px`;
}

function rest(state) {
  window.clearTimeout(state.timer);
  state.tip.classList.remove("lt-tip-on");
  const id = chosen();
  trace(state, id && card(state, id) ? id : null);
}

function trace(state, id) {
  const svg = state.host.querySelector("svg");
  if (!svg) return;
  svg.classList.toggle("lt-tracing", Boolean(id));
  const near = new Set(id ? [id] : []);
  for (const edge of svg.querySelectorAll(".lt-edge")) {
    const into = id !== null && edge.dataset.to === id;
    const out = id !== null && edge.dataset.from === id;
    edge.classList.toggle("lt-in", into);
    edge.classList.toggle("lt-out", out);
    if (into) near.add(edge.dataset.from);
    if (out) near.add(edge.dataset.to);
  }
  for (const node of svg.querySelectorAll(".lt-card")) node.classList.toggle("lt-near", near.has(node.dataset.id));
}

const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

function keys(state, event) {
  const from = event.target.closest?.(".lt-card");
  const step = STEPS[event.key];
  if (!from) return;
  if (event.key === " ") {
    event.preventDefault();
    from.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }
  if (!step) return;
  event.preventDefault();
  nearest(state, from, step)?.focus();
}

function nearest(state, from, [dx, dy]) {
  const middle = (node) => {
    const box = node.getBoundingClientRect();
    return [box.left + box.width / 2, box.top + box.height / 2];
  };
  const [x, y] = middle(from);
  let best = null;
  let least = Infinity;
  for (const node of state.host.querySelectorAll(".lt-card")) {
    const [u, v] = middle(node);
    const along = (u - x) * dx + (v - y) * dy;
    const aside = Math.abs((u - x) * dy) + Math.abs((v - y) * dx);
    if (node === from || along < 8) continue;
    const cost = along + aside * 2.5;
    if (cost < least) [best, least] = [node, cost];
  }
  return best;
}
