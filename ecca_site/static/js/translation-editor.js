// What wagtail-localize's editor does not know. It takes any refusal of a text for a "Server error": here the reason
// becomes the error of that text, stands beside it, and what was typed stays. It asks the CMS's API for the pictures
// that are chosen: here a view does, that asks who works on the translation. After each text the hints are asked anew.
// What is not saved yet is not in the version that is submitted: it is said before, not lost.
const hints = document.getElementById("translation-hints");
const ask = window.fetch;
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]; // new after each sign-in
const unsaved = new Set(); // addresses of the texts that the server has not taken
let waiting;

const say = (text) => {
  const detail = { text, type: "error", clear: true };
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
};

const failed = () => {
  const note = Object.assign(document.createElement("p"), { textContent: hints.dataset.failed });
  note.className = "help-block help-warning hints__failed";
  hints.querySelector(".hints__failed")?.remove();
  hints.prepend(note);
};

const refresh = () => {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const response = await ask(hints.dataset.url, { credentials: "same-origin" }).catch(() => null);
    if (response?.ok && !response.redirected) hints.innerHTML = await response.text();
    else failed();
  }, 400);
};

// Returns why a text was not saved, "" where the server does not say.
const reasonOf = async (response) => {
  if (!response) return hints.dataset.offline;
  const refusal = await response.clone().json().catch(() => ({}));
  return refusal.error ?? refusal.message ?? hints.dataset.unsaved;
};

const save = async (url, options) => {
  const headers = {
    ...options.headers,
    "X-CSRFToken": token() ?? options.headers["X-CSRFToken"],
    "Accept-Language": document.documentElement.lang, // that of a refusal, once nobody is signed in
  };
  const response = await ask(url, { ...options, headers }).catch(() => null);
  if (response?.ok && !response.redirected) {
    unsaved.delete(url);
    refresh();
    document.dispatchEvent(new CustomEvent("translation:saved"));
    return response;
  }
  const error = await reasonOf(response);
  if (options.method === "DELETE") {
    say(error);
    return response ?? Response.error();
  }
  unsaved.add(url);
  const answer = { data: options.body.get("value"), error, comment: "", last_translated_by: null };
  return new Response(JSON.stringify(answer), { status: 200, headers: { "Content-Type": "application/json" } });
};

window.fetch = (url, options = {}) => {
  const path = new URL(url, location.href).pathname;
  if (/\/(strings|overrides)\/\d+\/edit\/$/.test(path)) return save(url, options);
  const chosen = path.match(/\/api\/main\/(images|documents|pages)\/(\d+)\/$/);
  return chosen ? ask(`${hints.dataset.texts}chosen/${chosen[1]}/${chosen[2]}/`, options) : ask(url, options);
};

const isAsked = (name) => !document.dispatchEvent(new CustomEvent(name, { cancelable: true }));
const isPending = () =>
  unsaved.size > 0 ||
  document.querySelector(".js-translation-editor textarea") !== null ||
  isAsked("translation:pending"); // others on this page have something that is not sent

document.querySelector(".translation-footer form")?.addEventListener("submit", (event) => {
  if (!isPending()) return;
  event.preventDefault();
  say(hints.dataset.pending);
});
// Whoever wants to load the page again asks here before.
document.addEventListener("translation:leaving", (event) => {
  if (!isPending()) return;
  event.preventDefault();
  say(hints.dataset.pending);
});
window.addEventListener("beforeunload", (event) => {
  if (isPending()) event.preventDefault();
});
