// Keeps the figures of a running proposal up to date, and opens its page anew when the work has ended.
const box = document.getElementById("progress");
const EVERY_MS = 1500;

async function look() {
  try {
    const answer = await fetch(box.dataset.address, { headers: { Accept: "application/json" } });
    if (!answer.ok) return location.reload();
    const now = await answer.json();
    for (const place of box.querySelectorAll("[data-show]")) {
      const text = now[place.dataset.show];
      if (place.textContent !== text) place.textContent = text;
    }
    box.querySelector("progress").value = now.share;
    if (!now.is_open) return location.reload();
  } catch {
    // The line is down for a moment: the next look may succeed.
  }
  setTimeout(look, EVERY_MS);
}

setTimeout(look, EVERY_MS);
