// Passkeys: shown where the browser has them, and a plain sentence when one does not go through.
const failed = document.querySelector("[data-passkey-failed]");
if (window.PublicKeyCredential) for (const one of document.querySelectorAll("[data-passkey]")) one.hidden = false;
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  if (failed) failed.hidden = false;
});
const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
