// A menu made of <details> closes on Escape and when the reader goes elsewhere.
for (const menu of document.querySelectorAll("details.disclosure")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

// Lets a visitor hide the share buttons; the browser alone remembers it.
const KEY = "ecca-share-hidden";

const read = () => {
  try {
    return localStorage.getItem(KEY) === "1";
  } catch {
    return false;
  }
};

for (const bar of document.querySelectorAll("[data-share]")) {
  const button = bar.querySelector("button");
  const list = bar.querySelector("ul");
  const show = (hidden) => {
    list.hidden = hidden;
    button.setAttribute("aria-expanded", String(!hidden));
    button.textContent = hidden ? button.dataset.show : button.dataset.hide;
  };
  button.hidden = false;
  show(read());
  button.addEventListener("click", () => {
    const hidden = !list.hidden;
    show(hidden);
    try {
      localStorage.setItem(KEY, hidden ? "1" : "0");
    } catch {
      // Storage is switched off: the choice lasts as long as the page.
    }
  });
}
