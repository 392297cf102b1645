// The questions that the checks ask of a translation's texts. They are asked anew after each text that was saved; what
// somebody is typing as a reason stays. A reason is sent without loading the page again, so that no text is lost; a mend
// loads it again, and waits until everything else is saved.
const alarms = document.getElementById("translation-alarms");
const said = document.getElementById("translation-alarms-said");
let waiting;

const reasons = () => [...alarms.querySelectorAll("input[name=reason]")];

const show = (html) => {
  const typed = new Map(reasons().map((input) => [input.id, input.value]));
  const focused = document.activeElement?.id;
  alarms.innerHTML = html;
  for (const input of reasons()) input.value = typed.get(input.id) ?? "";
  if (focused && alarms.querySelector(`#${CSS.escape(focused)}`)) document.getElementById(focused).focus();
};

const failed = () => {
  const note = Object.assign(document.createElement("p"), { textContent: alarms.dataset.failed });
  note.className = "help-block help-warning alarms__failed";
  alarms.querySelector(".alarms__failed")?.remove();
  alarms.prepend(note);
};

document.addEventListener("translation:saved", () => {
  clearTimeout(waiting);
  waiting = setTimeout(async () => {
    const response = await fetch(alarms.dataset.url, { credentials: "same-origin" }).catch(() => null);
    if (response?.ok && !response.redirected) show(await response.text());
    else failed();
  }, 400);
});

const dismiss = async (form) => {
  const button = form.querySelector("button");
  if (button.disabled) return;
  const body = new FormData(form);
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1]; // new after each sign-in
  if (token) body.set("csrfmiddlewaretoken", token);
  const place = form.closest("li").id;
  button.disabled = true;
  const response = await fetch(form.action, {
    method: "POST", body, credentials: "same-origin", headers: { Accept: "application/json" },
  }).catch(() => null);
  const answer = await response?.json().catch(() => null);
  if (response?.ok && answer?.html !== undefined) {
    form.reset(); // this reason is kept now
    show(answer.html);
    said.textContent = body.get("reason");
    (alarms.querySelector("input[name=reason]") ?? document.querySelector(".translation-footer button"))?.focus();
    return;
  }
  button.disabled = false;
  const error = document.getElementById(place)?.querySelector("[data-alarm-error]");
  if (!error) return;
  error.textContent = answer?.error ?? answer?.message ?? alarms.dataset.offline;
  error.setAttribute("role", "alert");
  error.hidden = false;
};

alarms.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.alarm === "dismiss") {
    event.preventDefault();
    dismiss(form);
    return;
  }
  const leaving = new CustomEvent("translation:leaving", { cancelable: true });
  if (!document.dispatchEvent(leaving)) event.preventDefault();
});
// A reason that was typed and not sent would be lost as well.
document.addEventListener("translation:pending", (event) => {
  if (reasons().some((input) => input.value.trim())) event.preventDefault();
});
