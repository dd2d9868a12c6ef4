// Lets a school be dragged to another cluster: dropping it asks the form what the move would do.
const board = document.getElementById("board");
const form = document.getElementById("move");
let school = null;

for (const hint of document.querySelectorAll(".cw-with-script")) hint.hidden = false;
for (const item of board.querySelectorAll("[data-school]")) {
  item.draggable = true;
  item.classList.add("cw-board__school");
}

board.addEventListener("dragstart", (event) => {
  school = event.target.closest("[data-school]");
  if (!school) return;
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", school.textContent);
});

board.addEventListener("dragover", (event) => {
  const cluster = event.target.closest("[data-to]");
  if (!school || !cluster || cluster.contains(school)) return;
  event.preventDefault();
  cluster.classList.add("cw-board__cluster--over");
});

board.addEventListener("dragleave", (event) => {
  const cluster = event.target.closest("[data-to]");
  if (cluster && !cluster.contains(event.relatedTarget)) cluster.classList.remove("cw-board__cluster--over");
});

board.addEventListener("drop", (event) => {
  const cluster = event.target.closest("[data-to]");
  if (!school || !cluster) return;
  event.preventDefault();
  form.elements.school.value = school.dataset.school;
  form.elements.to.value = cluster.dataset.to;
  form.requestSubmit();
});

board.addEventListener("dragend", () => {
  school = null;
  for (const each of board.querySelectorAll(".cw-board__cluster--over")) each.classList.remove("cw-board__cluster--over");
});
