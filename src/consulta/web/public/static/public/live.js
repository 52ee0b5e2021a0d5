// Captions as they are written, and how the reader wants them. Without script the page asks again by itself.
const page = document.querySelector("[data-live]");
const SHOWN = 200; // older captions leave the page; the files keep them
const WISHES = "consulta.captions";

function lineOf(box, event) {
  const found = box.querySelector(`[data-cue="${CSS.escape(event.cue)}"]`);
  if (found) return found;
  box.querySelector("[data-live-none]")?.remove();
  const line = document.createElement("p");
  line.dataset.cue = event.cue;
  line.append(document.createElement("span"));
  if (event.speaker && event.speaker !== box.dataset.speaker) {
    const name = document.createElement("b");
    const isolated = document.createElement("bdi");
    isolated.textContent = event.speaker;
    name.className = "live-speaker";
    name.append(isolated, ":");
    line.prepend(name, " ");
  }
  box.dataset.speaker = event.speaker;
  return line;
}

// What is added is added, so that a screen reader speaks new words and not the whole line again.
function write(line, text) {
  const words = line.querySelector("span");
  const old = words.textContent;
  if (text === old) return;
  if (old && text.startsWith(old)) words.append(text.slice(old.length));
  else words.textContent = text;
}

function show(box, event) {
  if (event.kind === "turn") return;
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 60;
  if (event.kind === "drop") {
    box.querySelector(`[data-cue="${CSS.escape(event.cue)}"]`)?.remove();
    return;
  }
  const line = lineOf(box, event);
  write(line, event.text);
  if (!line.isConnected) {
    if (event.kind === "revise") return; // it left this page long ago
    box.append(line);
  }
  while (box.children.length > SHOWN) box.firstElementChild.remove();
  if (atEnd) box.scrollTop = box.scrollHeight;
}

function follow(box, say) {
  let last = new URL(box.dataset.events, location.href).searchParams.get("after");
  let source;
  let held = [];
  const pause = document.querySelector("[data-live-pause]");
  const isPaused = () => pause?.getAttribute("aria-pressed") === "true";

  function begin() {
    const address = new URL(box.dataset.events, location.href);
    address.searchParams.set("after", last);
    source = new EventSource(address);
    source.onopen = () => say("connected");
    source.onmessage = (message) => {
      last = message.lastEventId || last;
      const event = JSON.parse(message.data);
      if (isPaused()) held.push(event);
      else show(box, event);
    };
    source.onerror = async () => {
      say("lost");
      if (source.readyState !== EventSource.CLOSED) return; // the browser comes back by itself
      const again = box.dataset.ticket ? await fetch(box.dataset.ticket).catch(() => null) : null;
      if (again && !again.ok) say("ended");
      else setTimeout(begin, 2000 + Math.random() * 3000);
    };
  }

  pause?.addEventListener("click", () => {
    const paused = !isPaused();
    pause.setAttribute("aria-pressed", paused);
    pause.textContent = paused ? pause.dataset.off : pause.dataset.on;
    if (!paused) {
      for (const event of held) show(box, event);
      held = [];
    }
  });
  box.scrollTop = box.scrollHeight;
  box.dataset.speaker = [...box.querySelectorAll(".live-speaker bdi")].at(-1)?.textContent ?? "";
  begin();
}

function keepWishes(form) {
  let wishes = {};
  try { wishes = JSON.parse(localStorage.getItem(WISHES)) ?? {}; } catch { /* a browser that keeps nothing */ }
  for (const field of form.querySelectorAll("select")) {
    if ([...field.options].some((option) => option.value === wishes[field.name])) field.value = wishes[field.name];
    page.dataset[field.name] = field.value;
    field.addEventListener("change", () => {
      page.dataset[field.name] = wishes[field.name] = field.value;
      try { localStorage.setItem(WISHES, JSON.stringify(wishes)); } catch { /* then not */ }
    });
  }
  form.hidden = false;
}

if (page) {
  const state = page.querySelector("[data-live-state]");
  const say = (how) => {
    if (!state) return;
    state.hidden = false;
    state.textContent = state.dataset[how];
  };
  const form = page.querySelector("[data-live-controls]");
  if (form) keepWishes(form);
  for (const box of page.querySelectorAll("[data-live-lines]")) follow(box, say);
}
