// Keeps what is typed into a form until it was sent, in this browser alone: a long form for seven days, another one
// as long as its tab is open. Each is kept by its address without the language, so that it goes along when that changes.
const PREFIX = "ecca-typed:";
const SENT = "ecca-sent"; // the address of the form that this tab sent last
const LONGEST = 7 * 24 * 3600 * 1000; // milliseconds

const stores = () => {
  try {
    return [localStorage, sessionStorage];
  } catch {
    return []; // storage is switched off
  }
};
const [typed, tab] = stores();
const key = (path) => PREFIX + path.replace(/^\/[a-z]+(?=\/)/, "");
const storeOf = (form) => (form.dataset.keep === "tab" ? tab : typed);
const isKept = (field) =>
  field.name && field.name !== "fax" && !field.closest(".consent")
  && !["hidden", "password", "file", "submit", "button"].includes(field.type);
const isChoice = (field) => ["checkbox", "radio"].includes(field.type);

const read = (store, name) => {
  try {
    return JSON.parse(store.getItem(name)) ?? {};
  } catch {
    return {};
  }
};

const forgetWhatIsOld = () => {
  for (const name of Object.keys(typed).filter((name) => name.startsWith(PREFIX))) {
    if (!(read(typed, name).at > Date.now() - LONGEST)) typed.removeItem(name);
  }
};

const keep = (form) => {
  const values = {};
  for (const field of [...form.elements].filter(isKept)) {
    values[field.name] ??= [];
    if (!isChoice(field) || field.checked) values[field.name].push(field.value);
  }
  try {
    storeOf(form).setItem(key(location.pathname), JSON.stringify({ at: Date.now(), values }));
  } catch {
    // There is no room left: the form works as it does without this script.
  }
};

// Returns whether anything is different now.
const restore = (form, values) => {
  let isChanged = false;
  for (const field of [...form.elements].filter((each) => isKept(each) && values[each.name])) {
    const [before, list] = [isChoice(field) ? field.checked : field.value, values[field.name]];
    if (isChoice(field)) field.checked = list.includes(field.value);
    else field.value = list[0];
    isChanged ||= before !== (isChoice(field) ? field.checked : field.value);
  }
  return isChanged;
};

// Says that something came back, and offers to forget it.
const say = (form, status) => {
  status.append(status.nextElementSibling.content.cloneNode(true));
  status.querySelector("button").addEventListener("click", () => {
    storeOf(form).removeItem(key(location.pathname));
    form.reset();
    status.replaceChildren();
    [...form.elements].find(isKept).focus();
  });
};

const follow = (form) => {
  const status = document.querySelector("[data-kept]");
  const kept = read(storeOf(form), key(location.pathname)).values ?? {};
  // What was refused came back from the server as it was typed.
  if (!document.getElementById("errors") && restore(form, kept) && status) say(form, status);
  form.addEventListener("input", () => keep(form));
  form.addEventListener("submit", () => tab.setItem(SENT, location.pathname));
};

if (typed) {
  forgetWhatIsOld();
  const form = document.querySelector("form[data-keep]");
  const sent = tab.getItem(SENT);
  // A tab that sent a form and shows another page has had its answer.
  if (!form && sent) for (const store of [typed, tab]) store.removeItem(key(sent));
  tab.removeItem(SENT);
  if (form) follow(form);
}
