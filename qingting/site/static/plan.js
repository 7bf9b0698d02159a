// Prints the plan as it stands in the fields. Without this file the browser prints what was saved.
const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
addEventListener("beforeprint", () => {
  for (const list of document.querySelectorAll("[data-printed]")) {
    const lines = document.getElementById(list.dataset.printed).value.split("\n").map((line) => line.trim());
    list.replaceChildren(
      ...lines.filter(Boolean).map((line) => {
        const item = document.createElement("li");
        item.textContent = line;
        return item;
      }),
    );
  }
});
