// The search field of the map: a combobox whose list Python fills; arrows move, Enter opens, Escape closes.
const SOON = 60; // ms after a key before the index is asked
const LATER = 350; // ms of rest before the whole store is

export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".lt-find");
  if (!host) return;
  const state = host.__liantu ?? (host.__liantu = start(host));
  state.tell = setStateValue;
  state.data = data;
  fill(state);
}

function make(tag, fields = {}, text = "") {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(fields)) node.setAttribute(name, value);
  if (text) node.textContent = text;
  return node;
}

function start(host) {
  const label = make("label", { for: "lt-find-field" }, "查找");
  const field = make("input", {
    id: "lt-find-field", type: "search", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": "lt-find-list", "aria-autocomplete": "list",
    placeholder: "环节、项目或企业，名称或拼音首字母",
  });
  const list = make("div", { id: "lt-find-list", role: "listbox", "aria-label": "查找结果", hidden: "" });
  const told = make("span", { role: "status", class: "lt-find-told" });
  host.replaceChildren(label, field, list, told);
  const state = { host, field, list, told, at: 0, soon: 0, later: 0, data: null, shown: "" };
  field.addEventListener("input", () => typed(state));
  field.addEventListener("keydown", (event) => keys(state, event));
  field.addEventListener("focus", () => fill(state));
  field.addEventListener("blur", () => window.setTimeout(() => host.contains(document.activeElement) || close(state), 150));
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => event.target.closest("a") && done(state));
  return state;
}

function wanted(state) {
  return state.field.value.trim();
}

function typed(state) {
  window.clearTimeout(state.soon);
  window.clearTimeout(state.later);
  state.at = 0;
  const text = wanted(state);
  if (!text) return close(state);
  state.soon = window.setTimeout(() => state.tell("asked", { text, whole: false }), SOON);
  if (text.length > 1) state.later = window.setTimeout(() => state.tell("asked", { text, whole: true }), LATER);
}

// an answer to what was typed before is not shown
function fill(state) {
  const { data, field, list } = state;
  const text = wanted(state);
  if (!text || !data || data.asked !== text || document.activeElement !== field) return text || close(state);
  const picture = JSON.stringify(data);
  if (state.shown !== picture) {
    const nodes = [];
    for (const [at, hit] of data.hits.entries()) {
      if (hit.kind !== data.hits[at - 1]?.kind) nodes.push(make("p", { role: "presentation" }, hit.kind));
      const option = make("a", { id: `lt-find-${at}`, role: "option", tabindex: "-1", "data-nav": "", href: hit.href });
      option.append(...marked(hit.name, text), make("small", {}, hit.note));
      nodes.push(option);
    }
    const looking = !data.whole && text.length > 1;
    if (!data.hits.length && !looking) nodes.push(make("p", { role: "presentation" }, "没有找到。可换一个词，或用拼音首字母"));
    if (looking) nodes.push(make("p", { role: "presentation", class: "lt-find-more" }, "正在全库查找企业…"));
    list.replaceChildren(...nodes);
    state.shown = picture;
  }
  list.hidden = false;
  field.setAttribute("aria-expanded", "true");
  state.told.textContent = data.whole || text.length < 2 ? `找到 ${data.hits.length} 项` : "";
  activate(state, Math.min(state.at, Math.max(0, data.hits.length - 1)), false);
}

function marked(name, text) {
  const at = name.toLowerCase().indexOf(text.toLowerCase());
  if (at < 0) return [make("span", {}, name)];
  const whole = make("span");
  whole.append(name.slice(0, at), make("mark", {}, name.slice(at, at + text.length)), name.slice(at + text.length));
  return [whole];
}

function options(state) {
  return [...state.list.querySelectorAll('[role="option"]')];
}

function activate(state, at, follow = true) {
  state.at = at;
  for (const [place, option] of options(state).entries()) {
    option.setAttribute("aria-selected", String(place === at));
    if (place !== at) continue;
    state.field.setAttribute("aria-activedescendant", option.id);
    if (follow) option.scrollIntoView({ block: "nearest" });
  }
}

function close(state) {
  state.list.hidden = true;
  state.told.textContent = "";
  state.field.setAttribute("aria-expanded", "false");
  state.field.removeAttribute("aria-activedescendant");
}

function done(state) {
  window.clearTimeout(state.soon);
  window.clearTimeout(state.later);
  state.field.value = "";
  close(state);
}

function keys(state, event) {
  const found = options(state);
  const open = !state.list.hidden;
  if (event.key === "Escape" && (open || state.field.value)) {
    event.stopPropagation(); // the panel stays
    event.preventDefault();
    done(state);
  }
  if (!open || !found.length || event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    activate(state, (state.at + step + found.length) % found.length);
  }
  if (event.key === "Enter") {
    event.preventDefault();
    if (state.data.asked === wanted(state)) found[state.at].click();
  }
}
