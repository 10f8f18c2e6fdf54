// One key a decision: A, R, S, U click the button of the pair that is on the screen, M where it is offered.
// A held key counts once; keys with modifiers, and keys typed into a field, are left alone. Streamlit has an R of its own
// (run again): the key is taken before it gets there.
const BUTTONS = { KeyA: "review_accept", KeyM: "review_maker", KeyR: "review_reject", KeyS: "review_skip", KeyU: "review_undo" };

export default function () {
  window.addEventListener("keydown", press, true);
  return () => window.removeEventListener("keydown", press, true);
}

function press(event) {
  const name = BUTTONS[event.code];
  if (!name || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]:not([contenteditable='false'])")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (event.repeat) return;
  const button = document.querySelector(`[class*="st-key-${name}"] button:not([disabled])`);
  // a button of the pair before is still there for a moment: it is marked as stale
  if (button && !button.closest('[data-stale="true"]')) button.click();
}
