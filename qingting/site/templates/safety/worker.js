// Keeps "Help now" and what it is made of, and nothing else: no conversation is ever cached.
const KEPT = [{% for one in kept %}"{{ one }}", {% endfor %}"{% url 'now' %}"];
const NAME = "help-now-{{ LANGUAGE_CODE }}-" + KEPT.join("|").length + "-" + KEPT.map((k) => k.slice(-16)).join("");
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(KEPT)).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name !== NAME).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const isPage = url.pathname === "{% url 'now' %}";
  if (event.request.method !== "GET" || url.origin !== location.origin) return;
  if (isPage) {
    // The newest when there is a network, the kept one when there is none.
    event.respondWith(
      fetch(event.request)
        .then((response) => {
          if (response.ok) {
            const copy = response.clone();
            event.waitUntil(caches.open(NAME).then((cache) => cache.put("{% url 'now' %}", copy)));
          }
          return response;
        })
        .catch(() => caches.match("{% url 'now' %}")),
    );
  } else if (KEPT.includes(url.pathname)) {
    event.respondWith(caches.match(url.pathname).then((kept) => kept || fetch(event.request)));
  }
});
