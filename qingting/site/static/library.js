// All articles stay readable without a network after one visit. They are fetched quietly once the
// page is shown; where data costs money or is saved, only when it is asked for.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
const box = document.querySelector("[data-kept]");
const button = box?.querySelector("[data-keep]");
const told = box?.querySelector("[data-told]");
const SOON = 1200; // milliseconds after the page is there

function costs() {
  const way = navigator.connection;
  return Boolean(way && (way.saveData || way.type === "cellular" || /2g/.test(way.effectiveType ?? "")));
}

async function keep() {
  const { name, family, addresses } = await (await fetch(box.dataset.kept)).json();
  const cache = await caches.open(name);
  for (const address of addresses) {
    if (await cache.match(address, { ignoreVary: true })) continue;
    const page = await fetch(address);
    if (!page.ok) throw new Error(String(page.status));
    await cache.put(address, page);
  }
  // Whole: what was kept before of it may go.
  for (const other of await caches.keys()) if (other.startsWith(family) && other !== name) await caches.delete(other);
}

if (box && "caches" in globalThis && "serviceWorker" in navigator) {
  button.addEventListener("click", async () => {
    button.disabled = true;
    told.textContent = await keep().then(() => box.dataset.done, () => box.dataset.failed);
    button.hidden = told.textContent === box.dataset.done;
    button.disabled = false;
  });
  if (!navigator.onLine) button.hidden = true;
  else if (costs()) button.hidden = false;
  else setTimeout(() => keep().catch(() => {}), SOON);
}
