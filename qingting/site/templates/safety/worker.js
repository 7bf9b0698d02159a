// Keeps "Help now", the card to show and what they are made of. What is read in the library is kept
// by its own pages (library.js) and only served here. No conversation and no plan is ever cached.
const KEPT = [{% for one in kept %}"{{ one }}", {% endfor %}"{% url 'now' %}"];
const NOW = "{% url 'now' %}";
const CARD = "{% url 'card' %}";
const PAGES = [NOW, CARD];
// Opened from a home screen without a network, or asked for the plan, one is led to what is kept.
const LEADING = { "{% url 'start' %}": NOW, "{% url 'plan' %}": NOW + "#keep" };
// "Help now" is kept whether or not the card can be.
const keepCard = (cache) => cache.add(CARD).catch(() => {});
// Of the library the newest when there is a network, else what its pages have kept.
const LIBRARY = "{% url 'library' %}";
const FILES = "{{ files }}";
const read = (request) => fetch(request).catch(() => caches.match(request, { ignoreVary: true }).then((kept) => kept ?? Response.error()));
const NAME = "help-now-{{ LANGUAGE_CODE }}-" + KEPT.join("|").length + "-" + KEPT.map((k) => k.slice(-16)).join("");
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(KEPT).then(() => keepCard(cache))).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== NAME && !name.startsWith("library-")).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (PAGES.includes(url.pathname)) {
    // The newest when there is a network, the kept one when there is none.
    event.respondWith(
      fetch(event.request)
        .then((response) => {
          if (response.ok) {
            const copy = response.clone();
            // Another place was chosen: the card has another number.
            const chosen = url.searchParams.has("place");
            event.waitUntil(caches.open(NAME).then((cache) => cache.put(url.pathname, copy).then(() => chosen && keepCard(cache))));
          }
          return response;
        })
        .catch(() => caches.match(url.pathname)),
    );
  } else if (url.pathname in LEADING && event.request.mode === "navigate") {
    event.respondWith(fetch(event.request).catch(() => Response.redirect(LEADING[url.pathname])));
  } else if (KEPT.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((kept) => kept || fetch(event.request)));
  } else if (url.pathname.startsWith(LIBRARY) || url.pathname.startsWith(FILES)) {
    event.respondWith(read(event.request));
  }
});
