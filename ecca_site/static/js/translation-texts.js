// Saves the texts of "Work to do" as they are typed, one by one and without loading the page, which would empty the
// others. What the server has not taken is kept in this browser, until it has: through a lost line, an ended session,
// a closed tab. Ctrl+Enter saves and leads to the next text that is not saved. Without this script each form works alone.
const PREFIX = "ecca-text:";
const PAUSE = 1500; // milliseconds without a key after which a text is saved
const list = document.querySelector(".translation-texts");
const { dataset: words } = list ?? { dataset: {} };
const { dataset: reasons } = document.getElementById("translation-hints");
const forms = list ? [...list.querySelectorAll("form")] : [];
const dirty = new Set(); // forms with something that the server has not taken
const asked = new Set(); // forms whose text somebody else has saved meanwhile: their own button alone replaces it
const saving = new Map(); // by form, the text of the attempt that runs, and its promise
const timers = new Map();

const keyOf = (form) => PREFIX + new URL(form.action).pathname;
const stateOf = (form) => form.querySelector(".translation-state");
const token = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]; // new after each sign-in

const keep = (form) => {
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ data: form.data.value, shown: form.shown.value }));
  } catch {
    // There is no room, or storage is switched off: the page asks before it is left.
  }
};
const forget = (form) => {
  try {
    localStorage.removeItem(keyOf(form));
  } catch {
    // Nothing was kept.
  }
};
const kept = (form) => {
  try {
    return JSON.parse(localStorage.getItem(keyOf(form)));
  } catch {
    return null;
  }
};

const show = (form, text, isError = false) => {
  const state = stateOf(form);
  state.textContent = text;
  state.classList.toggle("error-message", isError);
  state.id = `state-${form.data.id}`;
  form.querySelector(".error-message:not(.translation-state)")?.remove();
  form.data.toggleAttribute("aria-invalid", isError);
  if (isError) form.data.setAttribute("aria-describedby", state.id);
  else form.data.removeAttribute("aria-describedby");
};

// Returns what the server says, or an error with the reason.
const send = async (form) => {
  const body = new FormData(form);
  const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
  if (token()) {
    body.delete("csrfmiddlewaretoken");
    headers["X-CSRFToken"] = token();
  }
  const response = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
  if (!response) return { error: reasons.offline };
  const answer = response.redirected ? {} : await response.json().catch(() => ({}));
  if (response.ok && "counts" in answer) return answer;
  return { ...answer, error: answer.error ?? answer.message ?? reasons.unsaved };
};

const attempt = async (form) => {
  const sent = form.data.value;
  if (!sent.trim()) {
    show(form, words.empty, true);
    return;
  }
  show(form, words.saving);
  const answer = await send(form);
  if ("shown" in answer) form.shown.value = answer.shown;
  if (!("counts" in answer)) {
    if ("shown" in answer) asked.add(form);
    keep(form);
    show(form, answer.error, true);
    return;
  }
  document.getElementById("text-counts").innerHTML = answer.counts;
  document.dispatchEvent(new CustomEvent("translation:saved"));
  if (form.data.value !== sent) return; // more was typed meanwhile, and will be saved
  dirty.delete(form);
  forget(form);
  form.closest("li").classList.toggle("is-saved", !answer.error);
  show(form, answer.error || words.saved, Boolean(answer.error));
};

// One attempt at a time for each text: two at once could arrive in the wrong order. Leaving a text by its button is one.
const save = async (form) => {
  clearTimeout(timers.get(form));
  const running = saving.get(form);
  if (running?.text === form.data.value) return running.promise;
  await running?.promise;
  const promise = attempt(form).finally(() => saving.delete(form));
  saving.set(form, { text: form.data.value, promise });
  return promise;
};

const replace = (form) => {
  if (!saving.has(form)) asked.delete(form);
  return save(form);
};

const typed = (form) => {
  dirty.add(form);
  keep(form);
  clearTimeout(timers.get(form));
  if (form.data.value.trim() && !asked.has(form)) timers.set(form, setTimeout(() => save(form), PAUSE));
};

const next = (form) => {
  const rest = forms.slice(forms.indexOf(form) + 1);
  const open = rest.find((each) => !each.closest("li").classList.contains("is-saved"));
  (open?.data ?? document.querySelector(".translation-footer button"))?.focus();
};

const follow = (form) => {
  const before = kept(form);
  if (before?.data && before.data !== form.data.value) {
    form.data.value = before.data;
    // The other text is asked about, should somebody have saved one since.
    form.shown.value = before.shown;
    dirty.add(form);
    show(form, words.restored);
  }
  form.data.addEventListener("input", () => typed(form));
  form.data.addEventListener("blur", () => {
    if (dirty.has(form) && form.data.value.trim() && !asked.has(form)) save(form);
  });
  form.data.addEventListener("keydown", async (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    await replace(form);
    if (!form.data.hasAttribute("aria-invalid")) next(form);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    replace(form);
  });
};

forms.forEach(follow);

const saveAll = () => Promise.all([...dirty].filter((form) => !asked.has(form)).map(save));
window.addEventListener("online", saveAll);
document.addEventListener("translation:pending", (event) => {
  if (dirty.size) event.preventDefault();
});
window.addEventListener("beforeunload", (event) => {
  if (dirty.size) event.preventDefault();
});

// What is typed is submitted, too: it is saved first.
document.querySelector(".translation-footer form")?.addEventListener(
  "submit",
  async (event) => {
    if (!dirty.size) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await saveAll();
    if (!dirty.size) event.target.requestSubmit(event.submitter);
    else [...dirty][0].data.focus();
  },
  { capture: true },
);
