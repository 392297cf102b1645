// What is typed into a filter or a search, and not sent yet, goes along when the language changes.
const form = document.querySelector("main form.filters");

form?.addEventListener("input", () => {
  const typed = [...new FormData(form)].filter(([, value]) => value);
  for (const link of document.querySelectorAll(".languages a")) link.search = new URLSearchParams(typed);
});
