// Offers the keys of the page's own lists of tracks and rooms to the sessions that refer to them.
const keysOf = (list) =>
  [...document.querySelectorAll(`input[name^="${list}-"][name$="-value-key"]`)].map((input) => input.value).filter(Boolean);

const fill = () => {
  for (const list of ["tracks", "rooms"]) {
    const id = `programme-${list}`;
    const datalist = document.getElementById(id) || Object.assign(document.createElement("datalist"), { id });
    datalist.replaceChildren(...keysOf(list).map((value) => new Option(value, value)));
    if (!datalist.isConnected) document.body.append(datalist);
  }
};

document.addEventListener("focusin", (event) => {
  if (event.target.matches?.('input[list^="programme-"]')) fill();
});
