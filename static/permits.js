// Nothing needs this file. It leads the keyboard to what went wrong or was done, and keeps a form
// from being sent twice by an impatient finger (the server would notice anyway).

// Whoever was led to a place of the page stays there.
const told = document.querySelector(
  ".govuk-error-summary, main .note[role=alert], main .note--good[role=status]",
);
if (told && !document.querySelector(":target, [autofocus]")) {
  told.setAttribute("tabindex", "-1");
  told.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") {
    form.dataset.sent = "1";
    setTimeout(() => delete form.dataset.sent, 5000);
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
