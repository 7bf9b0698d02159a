// A conversation that streams. Without this file the same form works by plain pages.
const form = document.querySelector("[data-talk]");
const field = form.elements.text;
const list = document.getElementById("messages");
const notices = document.querySelector("[data-notices]");
const announce = document.querySelector("[data-announce]");
const line = document.querySelector("[data-line]");
const stopButton = form.querySelector("[data-stop]");
const retryButton = form.querySelector("[data-retry]");
const RETRIES = [500, 1500, 4000];
let busy = false;
let failed = null;

form.elements.tz.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/sw.js");

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");

function bubble(speaker, text) {
  const item = document.createElement("li");
  item.className = speaker;
  const who = document.createElement("span");
  who.className = "who";
  who.textContent = speaker === "person" ? form.dataset.you : form.dataset.companion;
  const words = document.createElement("p");
  words.textContent = text;
  item.append(who, words);
  list.append(item);
  return { item, words, shown: "", told: "" };
}

function notice(event) {
  if (event.kind === "line") {
    const link = line.querySelector("a");
    link.textContent = event.text;
    link.href = event.href;
    line.hidden = false;
    return;
  }
  const said = document.createElement("p");
  said.className = "notice";
  said.textContent = event.text;
  notices.append(said);
}

// A stream that was cut is told again from its beginning: only what is new is added.
function show(reply, text) {
  reply.told += text;
  if (reply.told.length <= reply.shown.length) return;
  const added = document.createElement("span");
  added.className = "fresh";
  added.textContent = reply.told.slice(reply.shown.length);
  reply.shown = reply.told;
  reply.words.append(added);
  reply.item.classList.remove("thinking");
  added.scrollIntoView({ block: "nearest", behavior: "auto" });
}

async function read(response, reply) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  let done = null;
  reply.told = "";
  for (;;) {
    const { value, done: over } = await reader.read();
    if (over) return done;
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
      else if (event.event === "done") done = event;
    }
  }
}

function follow(response) {
  const turn = response.headers.get("Qingting-Turn");
  const address = response.headers.get("Content-Location");
  if (turn) {
    stopButton.hidden = false;
    stopButton.onclick = () => fetch(`/talk/turns/${turn}/stop/`, { method: "POST", headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value } });
  }
  if (address && address !== location.pathname) {
    history.replaceState(null, "", address);
    form.action = address;
    document.querySelectorAll("[data-intro]").forEach((one) => (one.hidden = true));
    document.body.className = "talking";
    field.rows = 2;
  }
}

async function attempt(body, reply) {
  const response = await fetch(form.action, {
    method: "POST", body, headers: { Accept: "text/event-stream" }, credentials: "same-origin",
  });
  if (!(response.headers.get("Content-Type") || "").startsWith("text/event-stream")) throw new Error("no stream");
  follow(response);
  const done = await read(response, reply);
  if (!done) throw new Error("cut");
  return done;
}

async function send(text, key) {
  busy = true;
  failed = null;
  retryButton.hidden = true;
  notices.replaceChildren();
  const mine = bubble("person", text);
  const reply = bubble("companion", "");
  reply.item.classList.add("thinking");
  reply.item.scrollIntoView({ block: "end" });
  form.elements.key.value = key;
  field.value = text;
  const body = new URLSearchParams(new FormData(form));
  field.value = "";
  let done = null;
  for (const wait of [0, ...RETRIES]) {
    await pause(wait);
    try {
      done = await attempt(body, reply);
      break;
    } catch {
      done = null;
    }
  }
  finish(done, { text, key, mine, reply });
}

function finish(done, sent) {
  busy = false;
  stopButton.hidden = true;
  sent.reply.item.classList.remove("thinking");
  announce.textContent = sent.reply.shown;
  if (!sent.reply.shown) sent.reply.item.remove();
  if (done && done.saved) return;
  // Not kept: the words go back into the field, unless new ones are there already.
  if (!field.value) field.value = sent.text;
  failed = sent;
  sent.mine.item.classList.add("unsaved");
  retryButton.hidden = false;
  if (!done) notice({ kind: "unsaved", text: form.dataset.again });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const text = field.value.trim();
  if (!text || busy) return;
  if (failed && failed.text === text) return void retry();
  send(text, newKey());
});

function retry() {
  const { text, key, mine, reply } = failed;
  mine.item.remove();
  reply.item.remove();
  send(text, key);
}
retryButton.addEventListener("click", () => failed && retry());

field.addEventListener("keydown", (event) => {
  const typing = event.isComposing || event.shiftKey || matchMedia("(pointer: coarse)").matches;
  if (event.key === "Enter" && !typing) {
    event.preventDefault();
    form.requestSubmit();
  }
});

// A reply that was still coming when the page was opened.
if (form.dataset.waiting) {
  const reply = bubble("companion", "");
  reply.item.classList.add("thinking");
  fetch(form.dataset.waiting, { credentials: "same-origin" })
    .then((response) => (response.ok ? read(response, reply) : null))
    .catch(() => null)
    .then((done) => {
      reply.item.classList.remove("thinking");
      if (!done) setTimeout(() => location.reload(), 3000);
    });
}
document.getElementById("last")?.scrollIntoView({ block: "end" });
