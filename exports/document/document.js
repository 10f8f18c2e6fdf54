// Leaves only the rows that hold every word looked for, and says how many they are.
"use strict";
const field = document.getElementById("find");
const told = document.getElementById("found");
const rows = [...document.querySelectorAll("main tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
function search() {
  const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const [row, text] of rows) {
    row.hidden = !words.every((word) => text.includes(word));
    if (!row.hidden) shown += 1;
  }
  told.textContent = words.length ? `找到 ${shown} 行` : "";
}
field.addEventListener("input", search);
