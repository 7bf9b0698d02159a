// Off this page at once: the small control at the top, or Esc twice. The page's place in the
// browser's history is taken by the one it leads to.
const way = document.querySelector("[data-hide]");
const TWICE = 700; // milliseconds
let before = -Infinity;
function away() {
  document.body.hidden = true;
  location.replace(way.href);
}
if (way) {
  way.addEventListener("click", (event) => {
    event.preventDefault();
    away();
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing || event.repeat) return;
    if (event.timeStamp - before < TWICE) away();
    before = event.timeStamp;
  });
  addEventListener("pageshow", () => { document.body.hidden = false; });
}
