// Forms of the CMS that stay open for long. Who signs in again in another tab gets a new token: the forms of this tab
// take it over. What the server would not take is not sent, since the answer could not hold what was typed. A form that
// is saving itself is sent when that is done: a new page would else be made twice, the second time in vain.
const settings = document.querySelector("script[data-cms-forms]").dataset;
const TOKEN = "csrfmiddlewaretoken";

const takeOver = () => {
  const current = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1];
  if (!current) return;
  for (const input of document.querySelectorAll(`input[name="${TOKEN}"]`)) input.value = current;
};

const isTooMuch = (form) => {
  const data = [...new FormData(form)].filter(([, value]) => typeof value === "string");
  const isEncoded = form.enctype === "application/x-www-form-urlencoded";
  const text = isEncoded ? new URLSearchParams(data).toString() : data.flat().join("");
  return data.length > settings.mostFields || new Blob([text]).size > settings.mostBytes;
};

const saving = new WeakSet();
const waiting = new WeakMap();

const sendWhenSaved = (event) => {
  saving.delete(event.target);
  if (!waiting.has(event.target)) return;
  const submitter = waiting.get(event.target);
  waiting.delete(event.target);
  event.target.requestSubmit(submitter);
};

document.addEventListener("w-autosave:save", (event) => saving.add(event.target));
document.addEventListener("w-autosave:success", sendWhenSaved);
document.addEventListener("w-autosave:error", sendWhenSaved);
document.addEventListener("visibilitychange", takeOver);
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    takeOver();
    if (saving.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      waiting.set(form, event.submitter);
      return;
    }
    if (!isTooMuch(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const detail = { text: settings.tooMuch, type: "error", clear: true };
    document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
  },
  { capture: true },
);
