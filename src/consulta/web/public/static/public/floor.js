"use strict";
// The floor: the clock of who speaks runs, and what others see is asked for again every few seconds.
(() => {
  const EVERY = 4000;
  const clocks = () => document.querySelectorAll("[data-floor-ends]");

  const tick = () => {
    for (const clock of clocks()) {
      const left = Math.ceil(Number(clock.dataset.floorEnds) - Date.now() / 1000);
      clock.classList.toggle("floor-over-time", left <= 0);
      clock.textContent = left <= 0
        ? `${clock.dataset.over} +${shown(-left)}`
        : shown(left);
    }
  };

  const shown = (seconds) =>
    `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

  const parsed = (words) => new DOMParser().parseFromString(words, "text/html");

  const ask = async (place) => {
    if (document.hidden) return;
    try {
      const answer = await fetch(place.dataset.floor, { credentials: "same-origin" });
      if (!answer.ok) return;
      const words = await answer.text();
      if (words !== place.lastWords) {
        place.lastWords = words;
        place.replaceChildren(...parsed(words).body.childNodes);
        tick();
      }
    } catch {
      // The network went: the next round asks again.
    }
  };

  // Parts of a private page that change while somebody looks: not the one in which a hand is.
  const renew = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (!answer.ok) return;
      const page = parsed(await answer.text());
      for (const part of document.querySelectorAll("[data-fresh]")) {
        const now = page.getElementById(part.id);
        const busy = part.contains(document.activeElement) || part.querySelector("details[open]");
        if (!now || busy || plain(now) === plain(part)) continue;
        part.replaceChildren(...now.childNodes);
        tick();
      }
    } catch {
      // The network went: the next round asks again.
    }
  };

  const plain = (part) => {
    const copy = part.cloneNode(true);
    for (const clock of copy.querySelectorAll("[data-floor-ends]")) clock.textContent = clock.dataset.floorEnds;
    return copy.textContent.replace(/\s+/g, " ");
  };

  tick();
  if (document.querySelector("[data-fresh]")) setInterval(renew, EVERY);
  setInterval(tick, 1000);
  for (const place of document.querySelectorAll("[data-floor]")) setInterval(ask, EVERY, place);
})();
