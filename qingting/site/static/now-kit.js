// The circle begins together with the person, and can be felt; words are read by the device's own
// voice. Everything is there without this file.
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const pacing = document.querySelector("[data-pacing]");
if (pacing) {
  const button = pacing.querySelector("button");
  const feel = pacing.querySelector("[data-buzz]");
  const box = feel.querySelector("input");
  const begin = button.textContent;
  const ROUND = 10_000;
  // One touch as the breath goes in, two as it goes out after four seconds.
  const TOUCHES = [80, 3920, 80, 140, 80];
  let ticking = 0;
  let awake = null;
  pacing.hidden = false;
  // Desks have the function and nothing that moves.
  feel.hidden = !navigator.vibrate || !matchMedia("(any-pointer: coarse)").matches;
  box.checked = !calm.matches;
  const touch = () => box.checked && !feel.hidden && navigator.vibrate(TOUCHES);
  const stop = () => {
    clearInterval(ticking);
    ticking = 0;
    navigator.vibrate?.(0);
    button.textContent = begin;
    awake?.release().catch(() => {});
    awake = null;
  };
  const start = async () => {
    for (const one of document.querySelectorAll(".pacer, .pacer span"))
      for (const moving of one.getAnimations?.() ?? []) moving.currentTime = 0;
    button.textContent = button.dataset.stop;
    ticking = setInterval(touch, ROUND);
    touch();
    // Refused (a low battery, an older phone): the screen goes dark as it always does.
    const held = await navigator.wakeLock?.request("screen").catch(() => null);
    if (ticking) awake = held;
    else held?.release().catch(() => {});
  };
  button.addEventListener("click", () => (ticking ? stop() : start()));
  box.addEventListener("change", () => {
    if (!box.checked) navigator.vibrate(0);
  });
  addEventListener("pagehide", () => ticking && stop());
}

// Only a voice that lives on this device: nothing goes out, and it speaks without a network.
const voices = globalThis.speechSynthesis;
const aloud = [...document.querySelectorAll("[data-aloud]")];
const page = document.documentElement.lang;
const WANTED = { "zh-Hans": /^(zh|cmn)\b(?!.*(TW|HK|MO|Hant))/i, "zh-Hant": /^(zh|cmn|yue)\b.*(TW|HK|MO|Hant)/i };
function voice() {
  const own = voices.getVoices().filter((one) => one.localService);
  const first = page.slice(0, 2).toLowerCase();
  const same = own.filter((one) => one.lang.replace("_", "-").toLowerCase().startsWith(first) || (first === "zh" && /^cmn/i.test(one.lang)));
  return same.find((one) => WANTED[page]?.test(one.lang.replace("_", "-"))) ?? same.find((one) => one.default) ?? same[0];
}
let speaking = null;
function hush() {
  const button = speaking;
  speaking = null;
  voices.cancel();
  if (button) button.textContent = button.dataset.start;
}
function read(button) {
  const again = speaking === button;
  if (speaking) hush();
  if (again) return;
  speaking = button;
  button.textContent = button.dataset.stop;
  const words = document.getElementById(button.dataset.aloud);
  // Piece by piece: long texts are cut off by some voices.
  const pieces = [...words.querySelectorAll("h2, p, li")].map((one) => one.textContent.trim()).filter(Boolean);
  pieces.forEach((text, at) => {
    const said = new SpeechSynthesisUtterance(text);
    said.voice = voice();
    said.lang = said.voice.lang;
    said.rate = 0.85;
    if (at === pieces.length - 1) said.onend = () => speaking === button && hush();
    voices.speak(said);
  });
}
function offer() {
  const there = Boolean(voice());
  for (const button of aloud) button.hidden = !there;
}
if (voices && aloud.length) {
  for (const button of aloud) {
    button.dataset.start = button.textContent;
    button.addEventListener("click", () => read(button));
  }
  voices.addEventListener?.("voiceschanged", offer);
  addEventListener("pagehide", hush);
  offer();
}
