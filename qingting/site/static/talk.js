// A conversation that streams. Without this file the same form works by plain pages.
const form = document.querySelector("[data-talk]");
const field = form.elements.text;
const list = document.getElementById("messages");
const notices = document.querySelector("[data-notices]");
const announce = document.querySelector("[data-announce]");
const line = document.querySelector("[data-line]");
const sendButton = form.querySelector(".send");
const stopButton = form.querySelector("[data-stop]");
const retryButton = form.querySelector("[data-retry]");
// Quiet tries after the first, and how long a silent connection is believed; in milliseconds.
const RETRIES = [500, 1500, 4000];
const SILENCE = 30000;
let busy = false; // a reply is coming
let arrived = true; // the server has the words that were sent last
let failed = null; // what was sent and not kept; its words are in the field again

form.elements.tz.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
// It only keeps "Help now" at hand without a network: where it cannot be fetched, the next visit tries again.
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js").catch(() => {});

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

function bubble(speaker, text) {
  const item = document.createElement("li");
  item.className = speaker;
  const who = document.createElement("span");
  who.className = "who";
  who.textContent = speaker === "person" ? form.dataset.you : form.dataset.companion;
  if (speaker === "companion") item.dataset.ai = "generated";
  const words = document.createElement("p");
  words.textContent = text;
  item.append(who, words);
  list.append(item);
  return { item, words, before: "", shown: "", told: "" };
}

// Why a reply is as it is can be asked once it is kept.
function askWhy(reply, message) {
  const link = document.createElement("a");
  link.className = "why";
  link.href = `/talk/why/${message}/`;
  link.lang = document.documentElement.lang;
  link.textContent = form.dataset.why;
  const watching = atTheEnd();
  reply.item.append(link);
  if (watching) showNewest();
}

// What is handed over to read stands under the reply, once however often the stream is told.
function toRead(reply, event) {
  const card = reply.item.querySelector(".to-read") ?? document.createElement("a");
  card.className = "to-read";
  card.lang = event.language;
  const other = document.documentElement.lang.startsWith(event.language) ? "" : `?in=${event.language === "zh" ? "zh-hans" : "en"}`;
  card.href = (event.slug ? `/library/${event.slug}/` : "/library/") + other;
  card.textContent = event.text;
  const watching = atTheEnd();
  reply.words.after(card);
  if (watching) showNewest();
}

// Somebody who has scrolled up to read is left where they are.
const atTheEnd = () => list.getBoundingClientRect().bottom < innerHeight + 40;
const showNewest = () => (notices.lastElementChild ?? list.lastElementChild.lastElementChild).scrollIntoView({ block: "nearest" });

// Who is told, and in which words: all of them, before they go.
function letter(event) {
  const lead = document.createElement("p");
  lead.textContent = event.text;
  const quoted = document.createElement("blockquote");
  quoted.className = "preview";
  for (const one of event.letter) {
    const words = document.createElement("p");
    words.textContent = one;
    quoted.append(words);
  }
  const link = document.createElement("a");
  link.className = "button";
  link.href = form.dataset.tellingAt;
  link.textContent = form.dataset.telling;
  return [lead, quoted, link];
}

function notice(event) {
  if (event.kind === "line") {
    const link = line.querySelector("a");
    link.textContent = event.text;
    link.href = event.href;
    line.hidden = false;
    return;
  }
  const words = [event.text, ...(event.letter ?? [])];
  if ([...notices.children].some((one) => (one.dataset.said ?? one.textContent) === words.join("\n"))) return;
  const said = document.createElement(event.letter ? "div" : "p");
  said.className = "notice";
  said.dataset.said = words.join("\n");
  if (event.letter) said.append(...letter(event));
  else said.textContent = event.text;
  const watching = atTheEnd();
  notices.append(said);
  if (watching) showNewest();
}

// Another voice was asked for: what stands beside the field says so at once.
function sound(label) {
  const voice = form.querySelector("[data-voice]");
  voice.firstElementChild.textContent = label;
  voice.hidden = !label;
}

// A stream that was cut is told again from its beginning: only what is new is added. Words once
// shown stay, so a reply that is worded anew (the server died in the middle) begins below them.
function show(reply, text) {
  reply.told += text;
  if (reply.shown.startsWith(reply.before + reply.told)) return;
  if (!(reply.before + reply.told).startsWith(reply.shown)) reply.before = reply.shown + "\n";
  const whole = reply.before + reply.told;
  const watching = atTheEnd();
  const added = document.createElement("span");
  added.className = "fresh";
  added.textContent = whole.slice(reply.shown.length);
  reply.shown = whole;
  reply.words.append(added);
  reply.item.classList.remove("thinking");
  if (watching) showNewest();
}

async function read(response, reply, heard) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let done = null;
  reply.told = "";
  for (;;) {
    const { value, done: over } = await reader.read();
    if (over) return done;
    heard();
    rest += value;
    const blocks = rest.split("\n\n");
    rest = blocks.pop();
    for (const block of blocks) {
      const data = block.split("\n").find((one) => one.startsWith("data: "));
      if (!data) continue;
      const event = JSON.parse(data.slice(6));
      if (event.event === "reading") reply.item.lang = event.language;
      else if (event.event === "notice") notice(event);
      else if (event.event === "words") show(reply, event.text);
      else if (event.event === "article") toRead(reply, event);
      else if (event.event === "voice") sound(event.label);
      else if (event.event === "done") done = event;
    }
  }
}

// What the server says about the turn before its first word.
function follow(response, text) {
  const turn = response.headers.get("Qingting-Turn");
  const address = response.headers.get("Content-Location");
  stopButton.hidden = !turn;
  if (turn) {
    arrived = true;
    stopButton.value = turn;
  }
  if (!address || address === location.pathname) return;
  history.replaceState(null, "", address);
  form.action = document.querySelector(".languages").elements.next.value = address;
  // The start page becomes the page of this conversation, as it will be when it is opened again.
  const heading = document.querySelector("h1");
  heading.className = "visually-hidden";
  heading.textContent = text.split(/\s+/).join(" ").slice(0, 24);
  document.getElementById("main").prepend(heading);
  document.querySelectorAll("[data-intro]").forEach((one) => (one.hidden = true));
  document.body.className = "talking";
  field.rows = 2;
  if (form.elements.private?.checked) stayPrivate(address);
}

// A private talk says so from its first word, and can be ended.
function stayPrivate(address) {
  const ending = document.querySelector("[data-private]");
  ending.action = `${address}end/`;
  ending.hidden = false;
}

// The page was open for so long that its protection expired: a new page has a new one.
async function renew(options) {
  const page = await fetch(location.pathname, { credentials: "same-origin" });
  const token = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]").value;
  form.elements.csrfmiddlewaretoken.value = token;
  options.body.set("csrfmiddlewaretoken", token);
  options.renewed = true;
}

async function attempt(address, options, reply, text) {
  const control = new AbortController();
  let timer = 0;
  const heard = () => {
    clearTimeout(timer);
    timer = setTimeout(() => control.abort(), SILENCE);
  };
  heard();
  try {
    const response = await fetch(address, { ...options, credentials: "same-origin", signal: control.signal });
    if (response.status === 404) return null;
    if (response.status === 403 && !options.renewed) {
      await renew(options);
      throw new Error("expired");
    }
    if (!(response.headers.get("Content-Type") || "").startsWith("text/event-stream")) throw new Error("no stream");
    follow(response, text);
    const done = await read(response, reply, heard);
    if (!done) throw new Error("cut");
    return done;
  } finally {
    clearTimeout(timer);
  }
}

// Follow a reply to its end, over a network that may break. Resolves to its last event or null.
async function replyTo(address, options, reply, text = "") {
  busy = true;
  list.setAttribute("aria-busy", "true");
  sendButton.setAttribute("aria-disabled", "true");
  reply.item.classList.add("thinking");
  let done = null;
  for (const wait of [0, ...RETRIES]) {
    await pause(wait);
    try {
      done = await attempt(address, options, reply, text);
      break;
    } catch {
      if (!navigator.onLine) break;
    }
  }
  busy = false;
  list.removeAttribute("aria-busy");
  sendButton.removeAttribute("aria-disabled");
  if (document.activeElement === stopButton) sendButton.focus();
  stopButton.hidden = true;
  reply.item.classList.remove("thinking");
  announce.lang = reply.item.lang;
  announce.textContent = reply.shown;
  if (!reply.shown) reply.item.remove();
  else if (done?.message) askWhy(reply, done.message);
  return done;
}

async function send(text, key) {
  // What was tried before makes room for the same words; other words leave what was answered.
  if (failed && (failed.text === text || !failed.reply.shown)) {
    failed.mine.item.remove();
    failed.reply.item.remove();
  }
  failed = null;
  offerRetry();
  arrived = false;
  notices.replaceChildren();
  const mine = bubble("person", text);
  const reply = bubble("companion", "");
  showNewest();
  form.elements.key.value = key;
  const body = new URLSearchParams(new FormData(form));
  body.set("text", text);
  field.value = "";
  const done = await replyTo(form.action, { method: "POST", body, headers: { Accept: "text/event-stream" } }, reply, text);
  if (done && done.saved) return;
  // Not kept: the words go back into the field, before what was written since.
  field.value = field.value ? `${text}\n${field.value}` : text;
  failed = { text, key, mine, reply };
  mine.item.classList.add("unsaved");
  if (!done) notice({ kind: "unsaved", text: form.dataset.again });
  offerRetry();
}

// "Try again" stands in the place of "Send" while the words are the ones that did not get through.
function offerRetry() {
  const same = Boolean(failed) && field.value.trim() === failed.text;
  const pressed = document.activeElement === retryButton;
  retryButton.hidden = !same;
  sendButton.hidden = same;
  if (pressed) sendButton.focus();
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text || busy) return;
  send(text, failed?.text === text ? failed.key : newKey());
});
retryButton.addEventListener("click", () => form.requestSubmit());
stopButton.addEventListener("click", () => {
  fetch(`/talk/turns/${stopButton.value}/stop/`, { method: "POST", headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } }).catch(() => null);
});
field.addEventListener("input", offerRetry);
field.addEventListener("keydown", (event) => {
  const typing = event.isComposing || event.shiftKey || matchMedia("(pointer: coarse)").matches;
  if (event.key === "Enter" && !typing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
addEventListener("beforeunload", (event) => {
  if (!arrived || failed) event.preventDefault();
});

// The field stays in sight at the foot of the window; nothing is scrolled to behind it.
const makeRoom = () => (document.documentElement.style.scrollPaddingBottom = `${form.offsetHeight + 8}px`);
new ResizeObserver(makeRoom).observe(form);
makeRoom();
history.scrollRestoration = "manual";
document.getElementById("last")?.scrollIntoView({ block: "end" });

// A reply that was still coming when the page was opened.
if (form.dataset.waiting) {
  const done = await replyTo(form.dataset.waiting, {}, bubble("companion", ""));
  if (!done) await pause(3000);
  if (!done && !field.value) location.reload();
}
