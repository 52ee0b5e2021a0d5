// Coding: words selected in an answer are put where a passage is coded or quoted, and a few keys.
// The page works without any of it: words can be copied, buttons pressed.
document.documentElement.classList.add("scripted");

function choose() {
  const chosen = document.getSelection();
  const words = chosen ? chosen.toString().trim() : "";
  const from = chosen && chosen.anchorNode ? chosen.anchorNode.parentElement : null;
  const read = from ? from.closest("[data-words]") : null;
  if (!words || !read || !read.contains(chosen.focusNode)) return;
  const field = read.closest("[data-answer]").querySelector("[data-chosen]");
  if (!field) return;
  // What only a screen reader says of a coded passage is none of its words.
  const copy = chosen.getRangeAt(0).cloneContents();
  copy.querySelectorAll(".visually-hidden").forEach((said) => said.remove());
  field.value = copy.textContent.trim();
  field.closest("details").open = true;
}

function current() {
  const here = document.activeElement ? document.activeElement.closest("[data-answer]") : null;
  return here || document.querySelector("[data-answer]:target");
}

function step(places) {
  const all = [...document.querySelectorAll("[data-answer]")];
  const here = all.indexOf(current());
  const next = all[here < 0 ? 0 : here + places];
  if (!next) return false;
  next.focus();
  next.scrollIntoView({ block: "start" });
  return true;
}

function into(selector) {
  const here = current();
  const field = here ? here.querySelector(selector) : null;
  if (!field) return false;
  const folded = field.closest("details");
  if (folded) folded.open = true;
  field.focus();
  return true;
}

const KEYS = {
  j: () => step(1),
  k: () => step(-1),
  n: () => into("[data-note]"),
  c: () => into("input[name=codes]"),
};

// A letter by the layout of the keyboard, where it writes Latin ones; else by its place.
function letter(event) {
  return /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.code.replace("Key", "").toLowerCase();
}

// Only within an answer, so that nobody who speaks to the page sets them off; nobody who types is disturbed.
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  if (event.target.matches("textarea, select, input:not([type=checkbox])")) return;
  if (!event.target.closest("[data-answer]")) return;
  const act = KEYS[letter(event)];
  if (act && act()) event.preventDefault();
});
document.addEventListener("pointerup", choose);
document.addEventListener("keyup", (event) => {
  if (event.shiftKey || event.key === "Shift") choose();
});
// The answer that was coded is drawn anew: whoever works by keys stays in it.
document.addEventListener("htmx:afterSwap", (event) => {
  const drawn = document.getElementById(event.detail.target.id);
  if (drawn) drawn.focus();
});
