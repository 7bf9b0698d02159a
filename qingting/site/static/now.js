// "Help now" stays usable without a network after the first visit.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js");
