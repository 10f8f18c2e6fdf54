// A firm's network inside its frame: draws the data of the page, zooms, tells the page around it which firm was chosen.
(() => {
  "use strict";
  const held = JSON.parse(document.getElementById("network-data").textContent);
  const place = document.getElementById("mynetwork");
  const data = { nodes: new vis.DataSet(held.nodes), edges: new vis.DataSet(held.edges) };
  const network = new vis.Network(place, data, held.options);
  const middle = held.nodes[0].id;
  const whole = () => network.fit({ maxZoomLevel: 1, animation: false });

  network.once("afterDrawing", whole);
  new ResizeObserver(whole).observe(place);
  network.on("click", ({ nodes }) => {
    if (nodes.length && nodes[0] !== middle) window.parent.postMessage({ liantuOpen: nodes[0] }, "*");
  });
  network.on("hoverNode", ({ node }) => (place.style.cursor = node === middle ? "" : "pointer"));
  network.on("blurNode", () => (place.style.cursor = ""));

  // the wheel scrolls the page, unless Ctrl says that it should zoom
  window.addEventListener("wheel", (event) => event.ctrlKey || event.metaKey || event.stopPropagation(), { capture: true, passive: true });
  document.querySelector("nav").addEventListener("click", (event) => {
    const by = event.target.dataset.zoom;
    if (by === "fit") whole();
    else if (by) network.moveTo({ scale: network.getScale() * Number(by) });
  });
})();
