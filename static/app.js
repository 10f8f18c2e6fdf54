// Two things Streamlit lacks: links that stay in the session, and Chinese for its own words.
(() => {
  "use strict";
  window.prerenderReady = false;
  // without it Streamlit looks for its server below every page's path first and leaves 404s in the console
  window.__streamlit = { BACKEND_BASE_URL: location.origin };

  // --- links: <a data-nav href="page?key=value"> changes the address as the back button would
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-nav]");
    if (!link || event.defaultPrevented || event.button !== 0) return;
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const target = new URL(link.getAttribute("href"), document.baseURI);
    if (target.origin !== location.origin) return;
    event.preventDefault();
    const elsewhere = target.pathname !== location.pathname;
    history.pushState({}, "", target.pathname + target.search);
    window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
    if (elsewhere) document.querySelector('[data-testid="stMain"]')?.scrollTo({ top: 0 });
  });

  // --- when the visit before this one ended, for what 总览 says of changes; a visit ends after four hours without a page
  const PAUSE = 4 * 3600;
  function seen() {
    const moment = Math.floor(Date.now() / 1000);
    try {
      const last = Number(localStorage.getItem("liantu_seen"));
      if (last > 0 && moment - last > PAUSE) document.cookie = `liantu_visit=${last};path=/;max-age=31536000;SameSite=Strict`;
      localStorage.setItem("liantu_seen", String(moment));
    } catch {
      // a browser that keeps nothing: changes are then told since the newest import
    }
  }
  seen();
  window.addEventListener("popstate", seen);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector("a[data-close]")?.click();
  });

  // --- search as you type: a pause in the field counts as Enter; while a character is being composed, it does not
  const REST = 250; // ms
  let resting = 0;
  document.addEventListener("input", (event) => {
    const field = event.target;
    if (!field.closest?.(".st-key-type_ahead")) return;
    window.clearTimeout(resting);
    if (event.isComposing) return;
    resting = window.setTimeout(() => {
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", code: "Enter", keyCode: 13, bubbles: true }));
    }, REST);
  });
  document.addEventListener("compositionend", (event) => {
    if (event.target.closest?.(".st-key-type_ahead")) event.target.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });

  // --- words
  const words = window.liantuWords ?? { exact: {}, patterns: [] };
  const exact = new Map(Object.entries(words.exact));
  const patterns = words.patterns.map(([from, to]) => [new RegExp(`^${from}$`), to]);
  const ATTRIBUTES = ["aria-label", "title", "placeholder", "alt"];

  function translated(text) {
    const key = text.trim();
    if (!key || !/[A-Za-z]/.test(key)) return null;
    if (exact.has(key)) return text.replace(key, exact.get(key));
    for (const [from, to] of patterns) if (from.test(key)) return text.replace(key, key.replace(from, to));
    return null;
  }

  function mend(node) {
    if (node.nodeType === Node.TEXT_NODE) {
      const found = translated(node.data);
      if (found !== null && found !== node.data) node.data = found;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE || node.closest("[data-own]")) return;
    for (const name of ATTRIBUTES) {
      const value = node.getAttribute(name);
      const found = value && translated(value);
      if (found) node.setAttribute(name, found);
    }
    for (const child of node.childNodes) mend(child);
  }

  const watch = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData" || change.type === "attributes") mend(change.target);
      else change.addedNodes.forEach(mend);
    }
  });
  const begin = () => {
    mend(document.body);
    watch.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  };
  if (document.body) begin();
  else document.addEventListener("DOMContentLoaded", begin);
})();
