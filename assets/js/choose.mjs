// Counts anew with every tick, before the list is shown.
const form = document.querySelector("form[data-counts]");
let turn = 0;

async function count() {
  const mine = ++turn;
  const query = new URLSearchParams(new FormData(form));
  query.set("show", "1");
  const answer = await fetch(`${location.pathname}?${query}`);
  if (!answer.ok || mine !== turn) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  document.getElementById("count").textContent = page.getElementById("count").textContent;
}

form.addEventListener("change", () => count().catch(() => {}));
