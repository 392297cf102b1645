/* Passkeys: ask the browser for one, or to make one, and send its answer with the form.
   allauth's webauthn-json.js turns the browser's buffers into JSON. */
const form = document.querySelector("[data-passkey]");
const failed = document.getElementById("passkey-failed");
const options = JSON.parse(document.getElementById("passkey-options").textContent);

async function answer() {
  if (form.dataset.passkey === "add") return window.webauthnJSON.create(options.creation_options);
  return window.webauthnJSON.get(options.request_options);
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  failed.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify(await answer());
    form.submit();
  } catch {
    failed.hidden = false;
  }
});
