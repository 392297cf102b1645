// Shows a visitor's own time below that of the conference where the two differ, and marks what is on now and next.
// As the rest of the site writes dates: the English and Portuguese of Europe.
const language = { en: "en-GB", pt: "pt-PT" }[document.documentElement.lang] ?? document.documentElement.lang;

const clock = (moment) => new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit" }).format(moment);
const day = (moment) =>
  new Intl.DateTimeFormat(language, { weekday: "short", day: "numeric", month: "short" }).format(moment);

// "2027-06-10T09:00+02:00" says what clocks at the conference show: the visitor's differ if their day or hour does.
const wallClock = (moment) => {
  const pad = (number) => String(number).padStart(2, "0");
  return `${moment.getFullYear()}-${pad(moment.getMonth() + 1)}-${pad(moment.getDate())}T${pad(moment.getHours())}:${pad(moment.getMinutes())}`;
};

const localTime = (startText, endText) => {
  const start = new Date(startText);
  if (wallClock(start) === startText.slice(0, 16)) return "";
  const isOtherDay = wallClock(start).slice(0, 10) !== startText.slice(0, 10);
  const end = endText && new Date(endText);
  const until = end ? `–${clock(end)}` : "";
  return isOtherDay ? `${day(start)}, ${clock(start)}${until}` : `${clock(start)}${until}`;
};

for (const element of document.querySelectorAll("[data-start]")) {
  const line = element.querySelector(".local-time");
  const text = localTime(element.dataset.start, element.dataset.end);
  if (line && text) {
    line.textContent = `${element.closest("[data-local]").dataset.local} ${text}`;
    line.hidden = false;
  }
}

const sessions = [...document.querySelectorAll(".session[data-end]")]
  .filter((element) => !element.classList.contains("off"))
  .map((element) => ({ element, start: new Date(element.dataset.start), end: new Date(element.dataset.end) }));

const markNowAndNext = () => {
  const now = new Date();
  const coming = sessions.filter(({ start }) => start > now);
  const next = Math.min(...coming.map(({ start }) => start));
  // "Next" is a word of the day itself: within the twelve hours to come.
  const isSoon = next - now < 12 * 3600 * 1000;
  for (const { element, start, end } of sessions) {
    element.querySelector(".now").hidden = !(start <= now && now < end);
    element.querySelector(".next").hidden = !(isSoon && +start === next);
  }
};

if (sessions.length) {
  markNowAndNext();
  setInterval(markNowAndNext, 30_000);
}
