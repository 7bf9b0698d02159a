// Draws the words of the page on a picture that can be kept, in the page's own colours. Nothing of
// it leaves the device. Without this file there are the copy to take along and paper.
const WIDTH = 1080;
const EDGE = 80;
// What phones still draw in one piece.
const MOST = 12_000_000;
// Never at the beginning of a row: they hang over its end.
const HANGING = /^[，。、；：？！,.;:?!”’」』）)]$/;
const LOOKS = {
  title: { size: 54, weight: 700, above: 0 },
  head: { size: 40, weight: 700, above: 44 },
  line: { size: 38, weight: 400, above: 14 },
};
// In these apps' own browsers nothing can be downloaded.
const IN_APP = /MicroMessenger|QQ\/|Weibo|AliApp/.test(navigator.userAgent);

function textsOf(one) {
  if (one.dataset.words) return [one.dataset.words];
  if (one.matches("textarea")) return one.value.split("\n");
  // A line with its hours and numbers: each on its own row.
  const parts = one.matches("li") && one.children.length ? [...one.children] : [one];
  return parts.filter((part) => !part.matches(".open")).map((part) => {
    const copy = part.cloneNode(true);
    for (const stale of copy.querySelectorAll(".open")) stale.remove();
    return copy.textContent;
  });
}

function rows(context, text, width) {
  const found = [];
  let row = "";
  // A Chinese character may stand alone, a Latin word stays whole.
  for (const piece of text.match(/[\p{Script=Latin}\p{N}\p{M}'’.@:/+-]+|\s+|./gu) ?? []) {
    if (context.measureText(row + piece).width <= width || (row && HANGING.test(piece))) {
      row += piece;
      continue;
    }
    if (row.trim()) found.push(row);
    row = piece.trimStart();
    while (context.measureText(row).width > width) {
      let end = row.length;
      while (end > 1 && context.measureText(row.slice(0, end)).width > width) end -= 1;
      found.push(row.slice(0, end));
      row = row.slice(end);
    }
  }
  if (row.trim()) found.push(row);
  return found;
}

function laidOut(context, family) {
  const placed = [];
  const seen = new Set();
  let y = EDGE;
  let head = null;
  for (const one of document.querySelectorAll("[data-picture]")) {
    if (one.closest("details:not([open])")) continue;
    const kind = one.dataset.picture;
    const look = LOOKS[kind];
    const texts = textsOf(one).map((text) => text.replace(/\s+/g, " ").trim()).filter(Boolean);
    const key = kind + texts.join();
    if (!texts.length || seen.has(key)) continue;
    seen.add(key);
    // A heading with nothing under it is no part of the picture.
    if (head && kind !== "line") y = head.y;
    if (head && kind !== "line") placed.length = head.placed;
    head = kind === "head" ? { y, placed: placed.length } : null;
    context.font = `${look.weight} ${look.size}px ${family}`;
    y += look.above;
    for (const text of texts)
      for (const row of rows(context, text, WIDTH - 2 * EDGE)) {
        y += look.size * 1.5;
        placed.push({ row, y: y - look.size * 0.4, font: context.font });
      }
  }
  if (head) {
    y = head.y;
    placed.length = head.placed;
  }
  return { placed, height: Math.ceil(y + EDGE) };
}

function drawn() {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d");
  const looks = getComputedStyle(document.body);
  const { placed, height } = laidOut(context, looks.fontFamily);
  const scale = Math.min(1, Math.sqrt(MOST / (WIDTH * height)));
  canvas.width = Math.floor(WIDTH * scale);
  canvas.height = Math.floor(height * scale);
  context.scale(scale, scale);
  context.fillStyle = looks.backgroundColor;
  context.fillRect(0, 0, WIDTH, height);
  context.fillStyle = looks.color;
  for (const { row, y, font } of placed) {
    context.font = font;
    context.fillText(row, EDGE, y);
  }
  return canvas.toDataURL("image/png");
}

for (const keep of document.querySelectorAll("[data-keep]")) {
  const button = keep.querySelector("button");
  keep.hidden = false;
  for (const hint of keep.querySelectorAll("[data-in-app]")) hint.hidden = !IN_APP;
  button.addEventListener("click", () => {
    keep.querySelector("img")?.remove();
    const picture = document.createElement("img");
    picture.alt = keep.dataset.alt;
    picture.src = drawn();
    keep.append(picture);
    if (IN_APP) return;
    const link = document.createElement("a");
    link.href = picture.src;
    link.download = keep.dataset.name;
    link.click();
  });
}
