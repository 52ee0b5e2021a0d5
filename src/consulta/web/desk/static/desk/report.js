// The report's editor: words selected in an answer are put where a passage is cited, and a few keys.
// The page works without any of it: words can be copied, buttons pressed.
const form = document.getElementById("paragraph");

function choose() {
  const chosen = document.getSelection();
  const words = chosen ? chosen.toString().trim() : "";
  const from = chosen && chosen.anchorNode ? chosen.anchorNode.parentElement : null;
  const read = from ? from.closest("[data-words]") : null;
  if (!words || !read || !read.contains(chosen.focusNode)) return;
  const answer = read.closest("[data-answer]");
  const field = answer.querySelector("[data-chosen]");
  field.value = words;
  field.closest("details").open = true;
}

function press(name) {
  const sentence = document.activeElement ? document.activeElement.closest("[data-sentence]") : null;
  const button = sentence ? sentence.querySelector(`button[name=${name}]`) : null;
  if (button) button.click();
  return Boolean(button);
}

function save() {
  form.querySelector("button[name=save]").click();
  return true;
}

// Ctrl+S saves; Alt with an arrow moves the sentence in which somebody types.
function keyed(event) {
  if (event.isComposing) return false;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key === "s") return save();
  if (event.altKey && event.key === "ArrowUp") return press("up");
  if (event.altKey && event.key === "ArrowDown") return press("down");
  return false;
}

document.addEventListener("pointerup", choose);
document.addEventListener("keyup", (event) => {
  if (event.shiftKey || event.key === "Shift") choose();
});

if (form) {
  document.addEventListener("keydown", (event) => {
    if (keyed(event)) event.preventDefault();
  });
  // Whoever types in a sentence cites into it.
  form.addEventListener("focusin", (event) => {
    const sentence = event.target.matches("textarea") && event.target.closest("[data-sentence]");
    if (sentence) sentence.querySelector("input[name=hand]").checked = true;
  });
}
