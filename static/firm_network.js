// A network of firms inside its frame: draws the data of the page, zooms, tells the page around it which firm was chosen.
(() => {
  "use strict";
  const held = JSON.parse(document.getElementById("network-data").textContent);
  const place = document.getElementById("mynetwork");
  const told = document.getElementById("network-told");
  const data = { nodes: new vis.DataSet(held.nodes), edges: new vis.DataSet(held.edges) };
  const network = new vis.Network(place, data, held.options);
  const closed = new Set(held.closed);
  const whole = () => network.fit({ maxZoomLevel: 1, animation: false });
  const open = (id) => id === undefined || closed.has(id) || window.parent.postMessage({ liantuOpen: id }, "*");

  network.once("afterDrawing", whole);
  new ResizeObserver(whole).observe(place);
  network.on("click", ({ nodes }) => open(nodes[0]));
  network.on("hoverNode", ({ node }) => (place.style.cursor = closed.has(node) ? "" : "pointer"));
  network.on("blurNode", () => (place.style.cursor = ""));

  // --- keyboard: an arrow goes to the next firm that way, Enter opens it
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  let chosen;

  function next([x, y]) {
    const here = chosen ?? held.nodes[0];
    if (chosen === undefined) return here;
    const ahead = held.nodes
      .filter((node) => !(closed.has(node.id) && node.shape === "text"))
      .map((node) => ({ node, along: (node.x - here.x) * x + (node.y - here.y) * y, aside: Math.abs((node.x - here.x) * y) + Math.abs((node.y - here.y) * x) }))
      .filter(({ along, aside }) => along > 0 && aside <= 4 * along);
    ahead.sort((a, b) => a.along + 2 * a.aside - b.along - 2 * b.aside);
    return ahead[0]?.node ?? here;
  }

  place.addEventListener("keydown", (event) => {
    if (event.key === "Enter") return void open(chosen?.id);
    if (!ways[event.key]) return;
    event.preventDefault();
    chosen = next(ways[event.key]);
    network.selectNodes([chosen.id]);
    told.textContent = chosen.title;
    const at = network.canvasToDOM(chosen);
    if (at.x < 0 || at.y < 0 || at.x > place.clientWidth || at.y > place.clientHeight) network.focus(chosen.id, { scale: network.getScale(), animation: false });
  });

  // the wheel scrolls the page, unless Ctrl says that it should zoom
  window.addEventListener("wheel", (event) => event.ctrlKey || event.metaKey || event.stopPropagation(), { capture: true, passive: true });
  document.querySelector("nav").addEventListener("click", (event) => {
    const by = event.target.dataset.zoom;
    if (by === "fit") whole();
    else if (by) network.moveTo({ scale: network.getScale() * Number(by) });
  });
})();
