// The captioner's console: what is typed is seen at once, and nothing is lost while the line is down.
const desk = document.querySelector("[data-console]");
const words = JSON.parse(desk.dataset.words);
const colleagues = JSON.parse(desk.dataset.colleagues);
const me = Number(desk.dataset.captioner);
const lines = desk.querySelector("[data-lines]");
const form = desk.querySelector("[data-write]");
const state = desk.querySelector("[data-state]");
const STORE = `consulta.console.${me}.`;

const say = (sentence, values = {}) => sentence.replace(/%\((\w+)\)s/g, (_, name) => values[name]);

// What is on its way: kept by the browser, so that a crash or a reload loses nothing.
let client = "";
let waiting = { seq: 0, queue: [] };
let isSending = false;
let failures = 0;

function keep() {
  try { localStorage.setItem(STORE + client, JSON.stringify(waiting)); } catch { /* kept by this page alone */ }
}

// Each window is a sender of its own; one that was closed with lines in it is taken over by the next.
async function open() {
  const left = Object.keys(localStorage).filter((key) => key.startsWith(STORE)).map((key) => key.slice(STORE.length));
  const mine = sessionStorage.getItem(STORE);
  for (const name of [mine, ...left].filter(Boolean)) {
    if (await hold(name)) { client = name; break; }
  }
  if (!client) {
    client = [...crypto.getRandomValues(new Uint8Array(5))].map((n) => n.toString(36).padStart(2, "0")).join("");
    await hold(client);
  }
  sessionStorage.setItem(STORE, client);
  try { waiting = JSON.parse(localStorage.getItem(STORE + client)) ?? waiting; } catch { /* begun anew */ }
  tell();
  send();
}

function hold(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((known) => {
    navigator.locks.request(STORE + name, { ifAvailable: true }, (lock) => {
      known(Boolean(lock));
      return lock ? new Promise(() => {}) : null; // held for as long as the page lives
    });
  });
}

function put(done) {
  waiting.queue = waiting.queue.filter((other, place) => other.way !== "typing" || (isSending && place === 0));
  waiting.queue.push({ client, seq: ++waiting.seq, ...done });
  keep();
  tell();
  send();
}

async function send() {
  if (isSending || !waiting.queue.length) return;
  isSending = true;
  const status = await post(waiting.queue[0]);
  isSending = false;
  if (status === 200 || status === 400) {
    waiting.queue.shift(); // 400: it would be refused for ever
    failures = 0;
    keep();
    tell();
    send();
  } else if (status === 403 || status === 410) {
    state.textContent = words.refused;
    desk.dataset.line = "refused";
  } else {
    failures += 1;
    tell();
    setTimeout(send, Math.min(500 * 2 ** failures, 5000));
  }
}

async function post(done) {
  try {
    const answer = await fetch(desk.dataset.address, { method: "POST", body: JSON.stringify(done), signal: AbortSignal.timeout(10000) });
    return answer.status;
  } catch {
    return 0;
  }
}

function tell() {
  if (desk.dataset.line === "refused") return;
  const count = waiting.queue.filter((done) => done.way !== "typing").length;
  desk.dataset.line = failures ? "lost" : "connected";
  const sentence = failures ? say(words.waiting, { count }) : words.connected;
  if (state.textContent !== sentence) state.textContent = sentence;
}

// Writing: every line ends with Enter, and is seen while it grows.
const text = form?.querySelector("textarea");
const speaker = form?.querySelector("[data-speaker]");
const item = form?.querySelector("[data-item]");
const keys = () => ({ speaker: speaker?.value ?? "", item: item?.value ?? "" });
let typed = 0;

function sendLine() {
  clearTimeout(typed);
  typed = 0;
  if (!text.value.trim()) return;
  put({ way: "line", text: text.value, ...keys() });
  text.value = "";
}

form?.addEventListener("submit", (event) => { event.preventDefault(); sendLine(); text.focus(); });
text?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  sendLine();
});
text?.addEventListener("input", () => {
  typed ||= setTimeout(() => {
    typed = 0;
    if (!failures) put({ way: "typing", text: text.value, ...keys() });
  }, 300);
});

// Correcting: in the line itself, from the keyboard.
function correct(line) {
  if (!line || line.querySelector("textarea")) return;
  const shown = line.querySelector("[data-text]");
  const field = document.createElement("textarea");
  const leave = () => { field.closest("[data-editing]").replaceWith(shown); text.focus(); };
  field.value = shown.textContent;
  field.rows = 2;
  field.maxLength = 1000;
  field.setAttribute("aria-label", words.correct);
  const box = document.createElement("span");
  box.dataset.editing = "";
  const save = button(words.save, () => { put({ way: "revise", text: field.value, target: line.dataset.cue }); leave(); });
  const remove = button(words.remove, () => { put({ way: "drop", text: "", target: line.dataset.cue }); leave(); });
  box.append(field, save, remove, button(words.cancel, leave));
  shown.replaceWith(box);
  line.correcting = shown;
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); save.click(); }
    if (event.altKey && event.key === "ArrowUp") { event.preventDefault(); leave(); correct(line.previousElementSibling); }
  });
  field.focus();
}

function button(label, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button-quiet";
  made.textContent = label;
  made.addEventListener("click", act);
  return made;
}

const ofOthers = () => [...lines.children].filter((line) => !line.hasAttribute("data-open"));
document.addEventListener("keydown", (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || !form) return;
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (digit !== undefined && speaker) {
    const option = digit === "0" ? speaker.options[0] : speaker.querySelector(`[data-digit="${digit}"]`);
    if (option) speaker.value = option.value;
  } else if (event.code === "KeyI" && item) item.selectedIndex = (item.selectedIndex + 1) % item.options.length;
  else if (event.code === "KeyT") take();
  else if (event.key === "ArrowUp" && event.target === text) correct(ofOthers().at(-1));
  else return;
  event.preventDefault();
});

// The turn: who of two captioners writes now.
const turn = desk.querySelector("[data-turn]");
const takeButton = desk.querySelector("[data-take]");
function showTurn(captioner) {
  desk.dataset.turn = captioner === me ? "mine" : captioner ? "theirs" : "nobody";
  turn.textContent = captioner === me ? words.mine : captioner ? say(words.theirs, { name: colleagues[captioner] ?? "" }) : words.nobody;
  takeButton.hidden = captioner === me || Object.keys(colleagues).length < 2;
}
function take() { put({ way: "turn", text: "" }); text?.focus(); }
takeButton.addEventListener("click", take);

// What everyone sees, in this language and beside it in the others.
function show(list, event) {
  if (event.kind === "turn") return list === lines ? showTurn(event.captioner) : undefined;
  let line = list.querySelector(`[data-cue="${CSS.escape(event.cue)}"]`);
  if (event.kind === "drop") return line?.remove();
  if (!line) {
    if (event.kind === "revise") return;
    line = document.createElement("li");
    line.dataset.cue = event.cue;
    const whole = document.createElement("span");
    const shown = document.createElement("span");
    shown.dataset.text = "";
    whole.append(shown);
    line.append(whole);
    list.append(line);
    if (list === lines && form) line.append(button(words.correct, () => correct(line)));
  }
  line.toggleAttribute("data-open", event.kind === "set");
  const place = line.querySelector("[data-text]") ?? line.correcting;
  place.textContent = event.text;
  name(line, event.speaker);
  while (list.children.length > 30) list.firstElementChild.remove();
  list.scrollTop = list.scrollHeight;
}

function name(line, speaker) {
  const known = line.querySelector("b");
  if (!speaker || known) return;
  const bold = document.createElement("b");
  bold.textContent = `${speaker}: `;
  line.firstElementChild.prepend(bold);
}

// One line for all languages: a browser opens six to a site, and one has to be left for sending.
function follow(address) {
  const source = new EventSource(address);
  source.onmessage = (message) => {
    const event = JSON.parse(message.data);
    const list = desk.querySelector(`ol[lang="${CSS.escape(event.lang)}"]`);
    if (list) show(list, event);
  };
  source.onerror = () => {
    if (source.readyState === EventSource.CLOSED) setTimeout(() => follow(address), 3000);
  };
}

for (const line of lines.children) if (form) line.append(button(words.correct, () => correct(line)));
follow(desk.dataset.events);
showTurn(Number(desk.dataset.holder));
lines.scrollTop = lines.scrollHeight;
desk.dataset.script = "";
open();
