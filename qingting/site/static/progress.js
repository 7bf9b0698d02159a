// Moods, journal, import: the clock of this device, arrows on the grid, a file read into the field.
// Without this file all of it works by hand.
for (const field of document.querySelectorAll("input[type=hidden][name=tz]")) {
  field.value = Intl.DateTimeFormat().resolvedOptions().timeZone || "";
}

// Up and down go a row on the grid; left and right are the browser's own.
const squares = document.querySelector("[data-squares]");
squares?.addEventListener("keydown", (event) => {
  const rows = { ArrowUp: -5, ArrowDown: 5 }[event.key];
  if (!rows) return;
  const all = [...squares.querySelectorAll("input")];
  const next = all[all.indexOf(event.target) + rows];
  event.preventDefault();
  if (next) {
    next.checked = true;
    next.focus();
  }
});

const chooser = document.querySelector("[data-file]");
const field = document.getElementById("table");
if (chooser && field) {
  const large = document.querySelector("[data-large]");
  const weigh = () => {
    large.hidden = new Blob([field.value]).size <= Number(large.dataset.large);
  };
  chooser.hidden = false;
  field.addEventListener("input", weigh);
  field.form.addEventListener("submit", (event) => {
    weigh();
    if (!large.hidden) event.preventDefault();
  });
  chooser.querySelector("input").addEventListener("change", async (event) => {
    const [file] = event.target.files;
    if (!file) return;
    const bytes = await file.arrayBuffer();
    let text = new TextDecoder().decode(bytes);
    // A table saved by a Chinese spreadsheet.
    if (text.includes("\ufffd")) text = new TextDecoder("gb18030").decode(bytes);
    field.value = text;
    event.target.value = "";
    weigh();
    field.focus();
  });
}
