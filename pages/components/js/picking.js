// A table with check boxes: keeps the ticks in the page, tells Python of every change.
export default function ({ data, parentElement, setStateValue }) {
  const host = parentElement.querySelector(".lt-pick-host");
  if (!host || host.__shown === data.html) return;
  const first = host.__shown === undefined;
  host.__shown = data.html;
  host.innerHTML = data.html;
  const picked = () => [...host.querySelectorAll("input[data-pick]:checked")].map((box) => box.dataset.pick);
  host.onchange = (event) => {
    event.target.closest("tr")?.classList.toggle("lt-picked", event.target.checked);
    setStateValue("picked", picked());
  };
  if (!first) setStateValue("picked", []);
}
