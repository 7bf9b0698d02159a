// "Help now" stays usable without a network after the first visit. Where it cannot be fetched, the next visit tries again.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});

// Without a network: nothing that needs one, and a word about what still works.
function network() {
  for (const one of document.querySelectorAll("[data-offline]")) one.hidden = navigator.onLine;
  for (const one of document.querySelectorAll("[data-online]")) one.hidden = !navigator.onLine;
}
addEventListener("online", network);
addEventListener("offline", network);
network();

// "Open now" was true when the page was made. A kept page may be of yesterday.
const HALF_AN_HOUR = 30 * 60;
function forget() {
  for (const made of document.querySelectorAll("[data-made]"))
    if (Math.abs(Date.now() / 1000 - made.dataset.made) > HALF_AN_HOUR)
      for (const one of made.querySelectorAll(".open")) one.remove();
}
addEventListener("pageshow", forget);
document.addEventListener("visibilitychange", forget);

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", () =>
    navigator.clipboard
      .writeText(document.getElementById(button.dataset.copy).textContent)
      .then(() => (button.textContent = button.dataset.done))
      // Refused in some in-app browsers: one press on the sentence marks all of it.
      .catch(() => (button.hidden = true)),
  );
}
