// One key a decision on the review page: A, R, S, U click a button of the pair that is on the screen, M where it is offered.
// It listens from the first moment. A key belongs to the pair that is shown when it is pressed: while the page is being drawn it
// waits until that pair's buttons are there, and is forgotten where another pair has come. At most one key is carried out for
// a drawing: the next waits for what came of it. Python says with [data-drawing] that a drawing is complete.
// A held key counts once; keys with modifiers, and keys typed into a field, are left alone. Streamlit has an R of its own
// (run again): the key is taken before it gets there.
(() => {
  "use strict";
  const BUTTONS = { KeyA: "accept", KeyM: "maker", KeyR: "reject", KeyS: "skip", KeyU: "undo" };
  const FIELDS = "input, textarea, select, [contenteditable]:not([contenteditable='false'])";
  const waiting = [];
  const watch = new MutationObserver(carryOut);
  let last = { name: "", pair: "", drawing: "" };

  window.addEventListener("keydown", press, true);

  function press(event) {
    const name = BUTTONS[event.code];
    if (!name || !isReview() || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (event.target.closest?.(FIELDS)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.repeat || isSecondUndo(name)) return;
    waiting.push({ name, pair: pairShown() });
    watch.observe(document.body, { subtree: true, childList: true, attributes: true });
    carryOut();
  }

  function carryOut() {
    if (!isReview()) waiting.length = 0;
    for (let drawing = complete(); waiting.length && drawing; drawing = complete()) {
      const key = waiting.shift();
      const its = key.name === "undo" ? "undo" : `${key.name}_${key.pair}`;
      const button = document.querySelector(`.st-key-review_${its} button:not([disabled])`);
      if (!button) continue;
      last = { ...key, drawing };
      button.click();
    }
    const busy = isReview() && (waiting.length > 0 || (last.drawing !== "" && !complete()));
    document.documentElement.toggleAttribute("data-keys-under-way", busy); // the pointer shows it
    if (!busy) watch.disconnect();
  }

  // the complete drawing for which no key was carried out yet; the browser may still be loading what draws the buttons
  function complete() {
    const drawing = document.querySelector("[data-drawing]")?.dataset.drawing;
    return drawing !== last.drawing && document.querySelector(".st-key-review_undo button") ? drawing : undefined;
  }

  // U, unlike the others, names no pair: pressed again before the first has changed the screen, it means the same
  function isSecondUndo(name) {
    if (name !== "undo") return false;
    return waiting.some((key) => key.name === name) || (last.name === name && last.pair === pairShown() && !complete());
  }

  function pairShown() {
    return document.querySelector(".lt-review")?.dataset.pair ?? "";
  }

  function isReview() {
    return location.pathname.endsWith("/review");
  }
})();
