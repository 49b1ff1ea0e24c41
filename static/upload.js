// Shows how far a file has been sent. Without this file the form is sent as any other.

const fresh = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.querySelector("main").replaceWith(page.querySelector("main"));
  const summary = document.querySelector(".govuk-error-summary");
  if (summary) {
    summary.setAttribute("tabindex", "-1");
    summary.focus();
  }
};

const sent = (form, request) => {
  // Where the answer led elsewhere, the page there is opened; what went wrong is shown here.
  if (request.status < 400) {
    const material = new URL(form.action).pathname.match(/([a-z0-9_]+)\/files$/);
    const to = new URL(request.responseURL);
    if (material) to.hash = material[1];
    // With nothing but another place on the page it would not be fetched again.
    to.searchParams.set("at", Date.now());
    location.assign(to);
  } else if (request.responseText.includes("<main")) {
    fresh(request.responseText);
  } else {
    form.submit();
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  const file = form.matches("form[data-upload]") && form.querySelector("input[type=file]");
  if (!file || !file.files.length || form.dataset.sending) return;
  event.preventDefault();
  form.dataset.sending = "1";
  const box = form.querySelector("[data-progress]");
  const bar = box.querySelector("progress");
  const says = box.querySelector("[data-says]");
  box.hidden = false;
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (step) => {
    if (!step.lengthComputable) return;
    const share = Math.round((100 * step.loaded) / step.total);
    bar.value = share;
    says.textContent = share < 100 ? `${share} %` : form.dataset.looking;
  });
  request.addEventListener("load", () => sent(form, request));
  for (const failed of ["error", "abort", "timeout"]) {
    request.addEventListener(failed, () => {
      delete form.dataset.sending;
      says.textContent = form.dataset.failed;
    });
  }
  request.send(new FormData(form));
}, { capture: true });
