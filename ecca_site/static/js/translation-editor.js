// What wagtail-localize's editor does not know. It takes any refusal of a text for a "Server error": here the reason
// becomes the error of that text, stands beside it, and what was typed stays. It asks the CMS's API for the pictures
// that are chosen: here a view does, that asks who works on the translation. After each text the hints are asked anew.
const hints = document.getElementById("translation-hints");
const ask = window.fetch;
let waiting;

const refresh = () => {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const response = await ask(hints.dataset.url, { credentials: "same-origin" });
    if (response.ok && !response.redirected) hints.innerHTML = await response.text();
  }, 400);
};

const save = async (url, options) => {
  const response = await ask(url, options);
  if (response.ok) {
    refresh();
    return response;
  }
  const refusal = await response.clone().json().catch(() => ({}));
  if (!refusal.error || options.method === "DELETE") return response;
  const answer = { data: options.body.get("value"), error: refusal.error, comment: "", last_translated_by: null };
  return new Response(JSON.stringify(answer), { status: 200, headers: { "Content-Type": "application/json" } });
};

window.fetch = (url, options = {}) => {
  const path = new URL(url, location.href).pathname;
  if (/\/(strings|overrides)\/\d+\/edit\/$/.test(path)) return save(url, options);
  const chosen = path.match(/\/api\/main\/(images|documents|pages)\/(\d+)\/$/);
  return chosen ? ask(`${hints.dataset.texts}chosen/${chosen[1]}/${chosen[2]}/`, options) : ask(url, options);
};
