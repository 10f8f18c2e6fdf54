// A table with check boxes. Python keeps the ticks; every change is told with a number, and what Python sends is shown
// where it knows of the last change told: a tick that is under way is not taken back by a drawing made before it.
export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".lt-pick-host");
  if (!host) return;
  const state = host.__ticks ?? (host.__ticks = { told: data.heard });
  const anew = state.html !== data.html || state.scope !== data.scope || state.stamp !== data.stamp;
  if (state.html !== data.html) host.innerHTML = data.html;
  Object.assign(state, { html: data.html, scope: data.scope, stamp: data.stamp });
  if (anew || state.told === data.heard) show(host, new Set(data.ticked));
  host.onchange = (event) => {
    mark(event.target);
    const all = boxes(host);
    const picked = all.filter((box) => box.checked);
    state.told += 1;
    setStateValue("ticks", { scope: state.scope, stamp: state.stamp, told: state.told, shown: ids(all), picked: ids(picked) });
  };
}

function boxes(host) {
  return [...host.querySelectorAll("input[data-pick]")];
}

function ids(found) {
  return found.map((box) => box.dataset.pick);
}

function show(host, ticked) {
  for (const box of boxes(host)) {
    box.checked = ticked.has(box.dataset.pick);
    mark(box);
  }
}

function mark(box) {
  box.closest("tr")?.classList.toggle("lt-picked", box.checked);
}
