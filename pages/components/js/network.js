// The frame of a network: its scripts run without our origin; what it says opens a firm that it was given, nothing else.
export default function ({ data, parentElement }) {
  const host = parentElement.querySelector(".lt-network-host");
  if (!host) return;
  host.__links = data.links;
  if (host.__shown === data.html) return;
  const first = host.__shown === undefined;
  host.__shown = data.html;
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.title = data.title;
  frame.style.cssText = `display:block;width:100%;height:${data.height}px;border:0;border-radius:9px`;
  frame.srcdoc = data.html;
  host.replaceChildren(frame);
  if (first) window.addEventListener("message", (event) => open(host, event));
}

function open(host, event) {
  const frame = host.querySelector("iframe");
  if (!host.isConnected || !frame || event.source !== frame.contentWindow) return;
  const id = event.data?.liantuOpen;
  if (typeof id !== "string" || !Object.hasOwn(host.__links, id)) return;
  const link = document.createElement("a");
  link.dataset.nav = "";
  link.setAttribute("href", host.__links[id]);
  host.append(link);
  link.click();
  link.remove();
}
