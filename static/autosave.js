// Saves a section while it is being written. Nothing needs this file: each page also saves when it
// is sent. What is said about saving stands on the form, in the reader's language.

const WAIT = 1500;

for (const form of document.querySelectorAll("form[data-autosave]")) {
  const status = form.querySelector("[data-autosave-status]");
  let timer = 0;
  let running = null;
  let stopped = false;

  const save = async () => {
    status.textContent = form.dataset.saving;
    try {
      const answer = await fetch(form.dataset.autosave, {
        method: "POST",
        body: new FormData(form),
        redirect: "error",
      });
      if (answer.status === 409) {
        stopped = true;
        status.textContent = form.dataset.overtaken;
        return;
      }
      if (!answer.ok) throw new Error(answer.statusText);
      form.elements.seen.value = (await answer.json()).seen;
      status.textContent = form.dataset.saved;
    } catch {
      status.textContent = form.dataset.failed;
    }
  };

  const soon = () => {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(async () => {
      if (running) return soon();
      running = save();
      await running;
      running = null;
    }, WAIT);
  };

  form.addEventListener("input", soon);
  form.addEventListener("change", soon);

  // What is being saved is waited for: the form then goes out in view of what was just saved.
  form.addEventListener("submit", async (event) => {
    clearTimeout(timer);
    if (!running) return;
    event.preventDefault();
    event.stopPropagation();
    await running;
    form.requestSubmit(event.submitter);
  });
}
