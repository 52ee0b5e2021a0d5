// Adds to each instant what the reader's own clock shows then, if that differs.
for (const time of document.querySelectorAll("time[data-own-zone]")) {
  const there = time.dateTime.slice(0, 16);
  const here = new Date(time.dateTime);
  const local = new Date(here.getTime() - here.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
  if (there === local) continue;
  const language = time.closest("[lang]").lang;
  const format = new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short" });
  const own = document.createElement("span");
  own.className = "own-zone";
  own.textContent = time.dataset.ownZone.replace("{time}", format.format(here));
  time.after(" ", own);
}
