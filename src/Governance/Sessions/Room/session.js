// Keeps the pages of a running session up to date, and a delegate's vote until the server acknowledges it by the key of its
// form: a vote that cannot be sent now is stored in the browser and sent again later. Its tracker and its key make it count
// once however often it arrives. What is stored belongs to one account: the next person on the same browser neither sees
// nor sends it. Without this script the pages work by being loaded again.
const person = document.documentElement.dataset.person ?? "";
const shelf = `votes ${person}`;
const shortestPause = 2000, longestPause = 60000, longestWait = 30000;
const told = document.body.appendChild(document.createElement("p"));
told.className = "unseen";
told.setAttribute("role", "status");
let dirty = false, draining = false, isSignInEnded = false, notice = null, failedSends = 0, failedRenewals = 0;
let nextDrain = 0, nextRenewal = 0;

// Before queues belonged to accounts there was one for the whole browser: nobody can tell whose votes it holds.
try { localStorage.removeItem("votes"); } catch { /* A forbidden store holds nothing. */ }

const read = () => { try { return JSON.parse(localStorage.getItem(shelf)) ?? []; } catch { return []; } };
const write = votes => { try { localStorage.setItem(shelf, JSON.stringify(votes)); } catch { /* A full or forbidden store: sent at once or not at all. */ } };
const forget = vote => write(read().filter(v => v.key !== vote.key));
const room = () => document.querySelector("[data-live]");
const pathOf = address => new URL(address, location.href).pathname;
const parse = html => new DOMParser().parseFromString(html, "text/html");
// Doubled after each failure; spread, so that hundreds of phones do not come back in one moment.
const pauseAfter = failures => Math.min(longestPause, shortestPause * 2 ** Math.min(failures, 10)) * (0.5 + Math.random());

class SignInEnded extends Error {}

// By the header the server tells a script that the sign-in ended (401), instead of leading it to the page of sign-in.
const request = (address, options = {}) =>
  fetch(address, { ...options, headers: { "X-Form": "1", ...options.headers }, signal: AbortSignal.timeout(longestWait) });

// Stands until something else is said; what was said of one ballot, until the next one at most.
function say(text, { link = null, isOfBallot = false } = {}) {
  notice = text ? { text, link, isOfBallot } : null;
  const line = document.querySelector("[data-line]");
  if (!line) return;
  line.textContent = text;
  line.hidden = !text;
  if (!link) return;
  const a = document.createElement("a");
  a.href = link.href;
  a.textContent = link.text;
  line.append(" ", a);
}

// The way back leads to the page that sends what is kept.
function askToSignIn(path) {
  isSignInEnded = true;
  const texts = room()?.dataset ?? {};
  const href = `${path.slice(0, 3)}/sign-in?return=${encodeURIComponent(path)}`;
  say((read().length > 0 ? texts.signin : texts.signinPage) ?? "", { link: { href, text: texts.signinLink ?? "" } });
}

// A vote that waits to be sent is not given a second time.
function disableKept() {
  const kept = read().map(v => new URLSearchParams(v.body));
  for (const form of document.querySelectorAll("form.votes"))
    if (kept.some(k => k.get("number") === form.elements.number.value && k.get("member") === form.elements.member.value))
      form.querySelectorAll("button").forEach(b => { b.disabled = true; });
}

// The new page takes the place of the old one, if it is this page, made for this person; what was unfolded stays so, and
// the keyboard stays where it was. An error, a page of sign-in or a proxy's page changes nothing.
function show(html) {
  const main = document.querySelector("main");
  const page = parse(html);
  const next = page.querySelector("main");
  if (next?.querySelector("[data-live]")?.dataset.live !== room()?.dataset.live) return false;
  if ((page.documentElement.dataset.person ?? "") !== person) return false;
  const open = [...main.querySelectorAll("details")].map(d => d.open);
  const at = document.activeElement?.id;
  next.querySelectorAll("details").forEach((d, i) => { d.open ||= open[i] ?? false; });
  const asked = main.querySelector(".ballot h2")?.textContent;
  main.replaceWith(next);
  if (at) document.getElementById(at)?.focus();
  const asks = next.querySelector(".ballot h2")?.textContent;
  // Said aloud to whoever does not see the page change.
  const isNew = asks && asks !== asked;
  if (isNew) told.textContent = asks;
  if (isNew && notice?.isOfBallot) notice = null;
  dirty = false;
  if (notice) say(notice.text, notice);
  disableKept();
  return true;
}

async function renew() {
  // What somebody is writing is not taken from under their hands.
  if (dirty) { say(room()?.dataset.old ?? ""); return; }
  try {
    const answer = await request(location.href);
    if (answer.status === 401) { askToSignIn(location.pathname); return; }
    if (!answer.ok) throw new Error(`${answer.status}`);
    const html = await answer.text();
    if (dirty || show(html)) { failedRenewals = 0; return; }
    // Somebody else signed in meanwhile, in another tab.
    if (parse(html).documentElement.dataset.person) { askToSignIn(location.pathname); return; }
    throw new Error("not this page");
  } catch {
    clearTimeout(nextRenewal);
    nextRenewal = setTimeout(renew, pauseAfter(failedRenewals++));
  }
}

// The antiforgery token of a vote is stale once its person has signed in anew.
async function freshToken(vote) {
  const path = pathOf(vote.url);
  // When the seat has no form any more, the page of signing out has one.
  for (const address of [path, `${path.slice(0, 3)}/sign-out`]) {
    const answer = await request(address);
    if (answer.status === 401) throw new SignInEnded();
    if (!answer.ok) continue;
    const page = parse(await answer.text());
    const holder = page.documentElement.dataset.person;
    if (holder && holder !== person) throw new SignInEnded();
    const token = holder && page.querySelector("input[name=__RequestVerificationToken]")?.value;
    if (token) return token;
  }
  throw new Error("no token");
}

const post = vote => request(vote.url, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: vote.body });
const isOurs = (answer, vote) => answer.headers.get("X-Form") === vote.key;

async function showAcknowledged(vote, address) {
  // Sent from another page than its own, it changes nothing of what is read here.
  if (pathOf(address) === location.pathname) {
    try {
      const answer = await request(address);
      if (answer.ok) show(await answer.text());
    } catch { /* Said below. */ }
  }
  const says = document.querySelector("main").textContent.replace(/\s+/g, " ");
  say(says.includes(vote.done) ? "" : vote.done, { isOfBallot: true });
}

// The reason stands until the next question: the live renewal would take an alert of the page away at once.
function showRefused(vote, html) {
  const alert = parse(html).querySelector("main [role=alert]");
  if (pathOf(vote.url) === location.pathname && show(html)) document.querySelector("main [role=alert]")?.replaceChildren();
  say(alert?.textContent.trim() || (room()?.dataset.refused ?? ""), { isOfBallot: true });
}

// Takes a vote out of the queue only when the server itself said what became of it; throws when it is to be sent again.
async function send(vote) {
  let answer = await post(vote);
  if (answer.status === 400) {
    const body = new URLSearchParams(vote.body);
    body.set("__RequestVerificationToken", await freshToken(vote));
    answer = await post({ ...vote, body: body.toString() });
  }
  if (answer.status === 401) throw new SignInEnded();
  if (!isOurs(answer, vote)) throw new Error(`${answer.status}`);
  if (answer.ok && answer.headers.get("Content-Type")?.includes("json")) {
    const said = await answer.json();
    if (said.acknowledges !== vote.key) throw new Error("not acknowledged");
    forget(vote);
    isSignInEnded = false;
    await showAcknowledged(vote, said.location);
    return;
  }
  if (![403, 404, 422].includes(answer.status)) throw new Error(`${answer.status}`);
  const html = await answer.text();
  forget(vote);
  showRefused(vote, html);
}

async function drain() {
  if (draining) return;
  draining = true;
  clearTimeout(nextDrain);
  try {
    // One that the server cannot take now does not hold up the others.
    const tried = new Set();
    let failure = null;
    for (let vote = read()[0]; vote; vote = read().find(v => !tried.has(v.key))) {
      tried.add(vote.key);
      try {
        await send(vote);
      } catch (fault) {
        if (fault instanceof SignInEnded) throw fault;
        failure = fault;
      }
    }
    if (failure) throw failure;
    failedSends = 0;
  } catch (fault) {
    if (fault instanceof SignInEnded) {
      askToSignIn(pathOf(read()[0]?.url ?? location.href));
      return;
    }
    say(room()?.dataset.offline ?? "");
    nextDrain = setTimeout(drain, pauseAfter(failedSends++));
  } finally {
    draining = false;
  }
}

// Kept votes are sent, and a page that stood still is renewed, as soon as there is reason to think that it can be done.
function resume() {
  failedSends = 0;
  if (read().length > 0) drain();
  else if (isSignInEnded) {
    isSignInEnded = false;
    say("");
    renew();
  }
}

document.addEventListener("submit", event => {
  if (!event.target.matches("form.votes") || !event.submitter) return;
  const given = new FormData(event.target, event.submitter);
  const key = given.get("__key");
  if (!key) return;
  const done = event.target.dataset.done.replace(/\s+/g, " ").trim();
  write([...read(), { url: event.target.action, body: new URLSearchParams(given).toString(), key, done }]);
  // Nothing can be kept here: the browser sends it as it would without this script.
  if (!read().some(v => v.key === key)) return;
  event.preventDefault();
  disableKept();
  drain();
});
document.addEventListener("input", event => { if (event.target.closest("main")) dirty = true; });
addEventListener("online", resume);
// Somebody comes back from signing in in another tab.
document.addEventListener("visibilitychange", () => { if (!document.hidden) resume(); });

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
disableKept();
if (read().length > 0) drain();
