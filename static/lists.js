// Single keys in a list, for whoever wants them; everything can be reached without. They are told
// on the page, do nothing while somebody types, and can be switched off there.

const rows = [...document.querySelectorAll(".inbox tbody tr")];
let place = -1;

function to(next) {
  if (!rows.length) return;
  place = Math.min(Math.max(next, 0), rows.length - 1);
  rows[place].querySelector("th a").focus();
}

function here() {
  const found = rows.findIndex((row) => row.contains(document.activeElement));
  return found >= 0 ? found : place;
}

// Choose every case of the page; or none, if every one is chosen already.
function all() {
  const boxes = rows.map((row) => row.querySelector("input[type=checkbox]")).filter(Boolean);
  const choose = boxes.some((box) => !box.checked);
  for (const box of boxes) box.checked = choose;
}

const keys = {
  j: () => to(here() + 1),
  k: () => to(here() - 1),
  x: () => rows[here()]?.querySelector("input[type=checkbox]")?.click(),
  a: all,
  t: () => document.querySelector("#together select")?.focus(),
  n: () => document.querySelector('a[rel="next"]')?.click(),
  "/": () => document.querySelector('[data-key="/"]')?.focus(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
  const does = keys[event.key];
  if (typing || !does) return;
  event.preventDefault();
  does();
});
