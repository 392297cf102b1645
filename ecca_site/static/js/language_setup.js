// Follows the setting up of a language: looks again where workers do it, asks for the next part where nobody else does.
const form = document.querySelector("[data-go-on]");
if (form) {
  setTimeout(() => (form.dataset.goOn === "look" ? location.reload() : form.requestSubmit()), 2000);
}
