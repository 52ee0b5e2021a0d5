// Saves the draft while it is written, and lets a button be pressed once. The page works without it.
const form = document.querySelector("form[data-autosave]");

function guard(guarded) {
  let pressedAt = 0;
  guarded.addEventListener("submit", (event) => {
    const now = Date.now();
    if (now - pressedAt < 4000) event.preventDefault();
    else pressedAt = now;
  });
  window.addEventListener("pageshow", () => { pressedAt = 0; });
}

function textOf(content) {
  const fields = [...content].filter(([name, value]) => typeof value === "string" && !["seen", "was", "act"].includes(name));
  return JSON.stringify(fields);
}

function startSaving(form) {
  const status = form.querySelector("[data-saved]");
  let kept = textOf(new FormData(form));
  let saving = false;
  let waiting = false; // something was left while a save was on its way
  let leaving = false;
  let pressing = false; // nothing on the page moves while a button is being pressed
  for (const [type, down] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
    document.addEventListener(type, () => { pressing = down; });
  }

  async function save() {
    const content = new FormData(form);
    const now = textOf(content);
    waiting ||= saving;
    if (saving || leaving || now === kept) return;
    saving = true;
    content.delete("files");
    try {
      const response = await fetch(form.action, { method: "POST", body: content, headers: { "X-Autosave": "1" } });
      if (!response.ok || response.redirected) return;
      const answer = await response.json();
      kept = now;
      show(answer);
    } catch { /* no network: the next try, or the button, saves it */ } finally { saving = false; }
    if (waiting) {
      waiting = false;
      save();
    }
  }

  function show(answer) {
    form.elements.seen.value = answer.seen;
    form.elements.was.value = answer.was;
    status.textContent = answer.words;
    if (form.getAttribute("action") === answer.href) return;
    form.action = answer.href;
    history.replaceState(null, "", answer.href);
    const box = form.querySelector("[data-return-link]");
    if (!box) return;
    const link = box.querySelector("a");
    link.href = answer.href;
    link.textContent = link.href;
    unfold(box);
  }

  function unfold(box) {
    if (pressing) setTimeout(unfold, 200, box);
    else box.hidden = false;
  }

  form.addEventListener("submit", () => { leaving = true; });
  window.addEventListener("pageshow", () => { leaving = false; });
  form.addEventListener("focusout", (event) => { if (event.relatedTarget?.type !== "submit") save(); }); // the button saves
  setInterval(save, 10000);

  const language = form.elements.language;
  language?.addEventListener("change", () => {
    for (const field of form.querySelectorAll("textarea")) {
      field.lang = language.value;
      field.dir = ["ar", "fa", "he", "ur"].includes(language.value) ? "rtl" : "ltr";
    }
  });
}

if (form) startSaving(form);
for (const guarded of document.querySelectorAll("form[data-once], form[data-autosave]")) guard(guarded);
