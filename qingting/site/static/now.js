// "Help now" stays usable without a network after the first visit.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js");

// Choosing a place shows it at once; without this script the button does.
const chooser = document.querySelector(".place select");
if (chooser) chooser.addEventListener("change", () => chooser.form.requestSubmit());
