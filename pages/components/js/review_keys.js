// One key a decision: A, R, S, U click the button of the pair that is on the screen, M where it is offered.
// A held key counts once; keys with modifiers, and keys typed into a field, are left alone.
const BUTTONS = { KeyA: "review_accept", KeyM: "review_maker", KeyR: "review_reject", KeyS: "review_skip", KeyU: "review_undo" };

export default function () {
  document.addEventListener("keydown", press);
  return () => document.removeEventListener("keydown", press);
}

function press(event) {
  const name = BUTTONS[event.code];
  if (!name || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.closest?.("input, textarea, select, [contenteditable]:not([contenteditable='false'])")) return;
  const button = document.querySelector(`[class*="st-key-${name}"] button:not([disabled])`);
  // a button of the pair before is still there for a moment: it is marked as stale
  if (!button || button.closest('[data-stale="true"]')) return;
  event.preventDefault();
  button.click();
}
