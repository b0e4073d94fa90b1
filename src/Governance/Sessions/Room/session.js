// Keeps the pages of a running session up to date, and a delegate's vote until the house has it: one that cannot be sent
// now is stored in the browser and sent when the line is back. It bears a mark of its own, so it counts once however
// often it arrives. Without this script the pages work by being loaded again.
const shelf = "votes";
const told = document.body.appendChild(document.createElement("p"));
told.className = "unseen";
told.setAttribute("role", "status");
let dirty = false, draining = false;

const read = () => { try { return JSON.parse(localStorage.getItem(shelf)) ?? []; } catch { return []; } };
const write = votes => { try { localStorage.setItem(shelf, JSON.stringify(votes)); } catch { /* A full or forbidden store: sent at once or not at all. */ } };
const room = () => document.querySelector("[data-live]");

function say(text) {
  const line = document.querySelector("[data-line]");
  if (!line) return;
  line.textContent = text;
  line.hidden = !text;
}

// The new page takes the place of the old one; what was unfolded stays so, and the keyboard stays where it was.
function show(html) {
  const main = document.querySelector("main");
  const next = new DOMParser().parseFromString(html, "text/html").querySelector("main");
  if (!next) return;
  const open = [...main.querySelectorAll("details")].map(d => d.open);
  const at = document.activeElement?.id;
  next.querySelectorAll("details").forEach((d, i) => { d.open ||= open[i] ?? false; });
  const asked = main.querySelector(".ballot h2")?.textContent;
  main.replaceWith(next);
  if (at) document.getElementById(at)?.focus();
  const asks = next.querySelector(".ballot h2")?.textContent;
  // Said aloud to whoever does not see the page change.
  if (asks && asks !== asked) told.textContent = asks;
  dirty = false;
}

async function renew() {
  // What somebody is writing is not taken from under their hands.
  if (dirty) { say(room()?.dataset.old ?? ""); return; }
  try {
    const answer = await fetch(location.href);
    if (answer.ok && !dirty) show(await answer.text());
  } catch { /* The next event, or the next try of the line, brings it. */ }
}

async function drain() {
  if (draining) return;
  draining = true;
  try {
    for (let votes = read(); votes.length > 0; votes = read()) {
      const [vote] = votes;
      const answer = await fetch(vote.url, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: vote.body });
      if (answer.status >= 500) throw new Error(answer.status);
      write(read().filter(v => v.body !== vote.body));
      // Sent from another page than its own, it changes nothing of what is read here.
      if (new URL(answer.url).pathname === location.pathname) show(await answer.text());
      say("");
    }
  } catch {
    say(room()?.dataset.offline ?? "");
    setTimeout(drain, 2000 + Math.random() * 2000);
  } finally {
    draining = false;
  }
}

document.addEventListener("submit", event => {
  if (!event.target.matches("form.votes") || !event.submitter) return;
  const body = new URLSearchParams(new FormData(event.target, event.submitter)).toString();
  write([...read(), { url: event.target.action, body }]);
  // Nothing can be kept here: the browser sends it as it would without this script.
  if (read().length === 0) return;
  event.preventDefault();
  event.target.querySelectorAll("button").forEach(b => { b.disabled = true; });
  drain();
});
document.addEventListener("input", event => { if (event.target.closest("main")) dirty = true; });
addEventListener("online", drain);

const live = room()?.dataset.live;
if (live) {
  let known = null;
  new EventSource(live).addEventListener("message", event => {
    const changed = known !== null && event.data !== known;
    known = event.data;
    // Hundreds of phones hear it in one moment and do not ask in one.
    if (changed) setTimeout(renew, Math.random() * Number(room()?.dataset.spread ?? 0));
  });
}
if (read().length > 0) drain();
