// Keys for the list of the inbox: j and k move, x ticks, a goes to the acts, ? shows the keys.
// Enter is the link's own. The page works without any of it.
const list = document.querySelector("[data-inbox]");
const keys = document.querySelector("[data-keys]");

const linkOf = (line) => line.querySelector("a.rows-title");
const linesOf = () => (list ? [...list.querySelectorAll("[data-line]")] : []);
const here = () => linesOf().findIndex((line) => line.contains(document.activeElement));

function move(by) {
  const lines = linesOf();
  if (!lines.length) return;
  const at = here();
  const to = at < 0 ? (by > 0 ? 0 : lines.length - 1) : at + by;
  if (to < 0 || to >= lines.length) return;
  linkOf(lines[to]).focus({ preventScroll: true });
  lines[to].scrollIntoView({ block: "center" });
}

function tick() {
  const line = linesOf()[here()];
  const box = line ? line.querySelector("input[type=checkbox]") : null;
  if (box) box.checked = !box.checked;
}

function toActs() {
  const act = document.getElementById("act");
  if (act) act.focus();
}

function showKeys() {
  keys.open = !keys.open;
  if (keys.open) keys.querySelector("summary").focus();
}

const doing = { j: () => move(1), k: () => move(-1), x: tick, a: toActs, "?": showKeys };

// While somebody types or chooses, a letter is a letter. A box to tick takes no letters.
function writes(target) {
  const box = target instanceof HTMLInputElement && target.type === "checkbox";
  return !box && (target.isContentEditable || target.matches("input, textarea, select"));
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (!(event.key in doing) || writes(event.target)) return;
  event.preventDefault();
  doing[event.key]();
});
