// Exercises work without this file. It counts the seconds of a step, keeps the screen awake while
// somebody breathes or holds, and asks before words that were not saved are left behind.
let awake = null;
async function stayAwake() {
  // Refused (a low battery, an older phone): the screen goes dark as it always does.
  awake ??= await navigator.wakeLock?.request("screen").catch(() => null);
}
function letSleep() {
  awake?.release().catch(() => {});
  awake = null;
}

for (const pace of document.querySelectorAll("[data-pace]")) {
  pace.addEventListener("toggle", () => (pace.open ? stayAwake() : letSleep()));
}

for (const timer of document.querySelectorAll("[data-hold]")) {
  const button = timer.querySelector("button");
  const left = timer.querySelector(".left");
  const over = timer.querySelector(".over");
  const start = button.textContent;
  let ticking = 0;
  timer.querySelector(".plain").hidden = true;
  button.hidden = false;
  const stop = (words) => {
    clearInterval(ticking);
    ticking = 0;
    left.textContent = "";
    over.textContent = words;
    button.textContent = start;
    letSleep();
  };
  button.addEventListener("click", () => {
    if (ticking) return stop("");
    const ends = Date.now() + timer.dataset.hold * 1000;
    const tick = () => {
      const seconds = Math.ceil((ends - Date.now()) / 1000);
      if (seconds > 0) return void (left.textContent = seconds);
      // One short touch, for eyes that are closed.
      navigator.vibrate?.(150);
      stop(over.dataset.over);
    };
    over.textContent = "";
    button.textContent = button.dataset.stop;
    ticking = setInterval(tick, 200);
    tick();
    stayAwake();
  });
}

const form = document.querySelector("[data-doing]");
if (form) {
  let unsaved = "unsaved" in form.dataset;
  form.addEventListener("input", () => (unsaved = true));
  form.addEventListener("submit", () => (unsaved = false));
  addEventListener("beforeunload", (event) => {
    if (unsaved) event.preventDefault();
  });
}
