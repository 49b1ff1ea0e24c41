// Single keys in a list and on its cases, for whoever wants them; everything can be reached
// without. They are told below the list, do nothing while somebody types, and can be switched off
// there.

const rows = [...document.querySelectorAll(".inbox tbody tr")];
let place = -1;

// What can be done on a case, or the first field of a form.
const FIRST = '[data-key="d"] :is(a, input:not([type="hidden"]), select, textarea, button)';

function follow(link) {
  document.querySelector(link)?.click();
}

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

// To what narrows the list, which is folded away at first.
function narrow() {
  const place = document.querySelector(".narrowing");
  if (!place) return;
  place.open = true;
  place.querySelector("select").focus();
}

const keys = {
  j: () => (rows.length ? to(here() + 1) : follow('.worklist a[rel="next"]')),
  k: () => (rows.length ? to(here() - 1) : follow('.worklist a[rel="prev"]')),
  x: () => rows[here()]?.querySelector("input[type=checkbox]")?.click(),
  a: all,
  f: narrow,
  t: () => document.querySelector("#together select")?.focus(),
  n: () => follow('.pager a[rel="next"]'),
  d: () => document.querySelector(FIRST)?.focus(),
  u: () => follow(".crumbs li:last-child a"),
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
