// A form is sent once, however often its button is pressed: until the answer comes, or ten seconds have passed, a
// second press does nothing. The key tells the server that two forms are one and the same.
const SECONDS = 10;
const sent = new Map();
const key = [...crypto.getRandomValues(new Uint8Array(18))].map((byte) => byte.toString(36)).join("");

const open = (form) => {
  for (const button of sent.get(form) ?? []) button.disabled = false;
  sent.delete(form);
};

addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (sent.has(form)) {
    event.preventDefault();
    return;
  }
  sent.set(form, []);
  form.addEventListener("formdata", ({ formData }) => formData.set("form_key", key), { once: true });
  // Only now: what is disabled is not sent.
  setTimeout(() => {
    const buttons = [...form.elements].filter((element) => element.type === "submit" && !element.disabled);
    for (const button of buttons) button.disabled = true;
    sent.set(form, buttons);
  });
  setTimeout(open, SECONDS * 1000, form);
});
addEventListener("pageshow", () => [...sent.keys()].forEach(open));
