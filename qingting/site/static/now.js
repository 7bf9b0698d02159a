// "Help now" stays usable without a network after the first visit. Where it cannot be fetched, the next visit tries again.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});
