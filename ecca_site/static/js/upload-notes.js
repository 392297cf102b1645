// What became of a picture on its way in stands in a header of the answer: choosers and the uploader of several pictures
// do not load a page that could show it.
window.jQuery?.(document).on("ajaxComplete", (event, request) => {
  const text = request.getResponseHeader("X-Upload-Notes");
  if (!text) return;
  const detail = { text: decodeURIComponent(text), type: "success" };
  document.dispatchEvent(new CustomEvent("w-messages:add", { detail }));
});
