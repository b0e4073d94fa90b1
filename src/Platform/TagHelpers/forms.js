// Help for whoever fills in a form on a phone: questions that do not apply are put away, what is typed is kept in the
// browser until the server acknowledges it by the form's key, photographs are shrunk before they leave, sending waits for
// the line. What is kept belongs to one account: the next person on the same browser is not shown it. Of whoever has not
// signed in it is kept as long as the tab is open.
const size = bytes => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
const person = document.documentElement.dataset.person ?? "";
const shelves = () => person ? localStorage : sessionStorage;
let waiting = null;

// A photograph of twelve megapixels says no more on a screen than one of three, and takes a quarter of the line.
async function shrink(file) {
  if (!file.type.startsWith("image/") || file.size < 4e5) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const part = Math.min(1, 2000 / Math.max(picture.width, picture.height));
    const sheet = new OffscreenCanvas(Math.round(picture.width * part), Math.round(picture.height * part));
    sheet.getContext("2d").drawImage(picture, 0, 0, sheet.width, sheet.height);
    const small = await sheet.convertToBlob({ type: "image/jpeg", quality: 0.85 });
    return small.size < file.size ? new File([small], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg" }) : file;
  } catch {
    return file;
  }
}

async function choose(input) {
  const chosen = new DataTransfer();
  for (const file of await Promise.all([...input.files].map(shrink))) chosen.items.add(file);
  input.files = chosen.files;
  let told = input.parentElement.querySelector("[data-size]");
  if (!told) {
    told = document.createElement("p");
    told.className = "hint";
    told.dataset.size = "";
    input.after(told);
  }
  const says = done => [...chosen.files].map((f, i) => `${f.name}: ${size(f.size)}${done[i] ?? ""}`).join(" · ");
  told.textContent = says([]);
  const address = input.form.dataset.uploads;
  if (address) await uploadAll(input, address, [...chosen.files], done => { told.textContent = says(done); });
}

// The line is back, or may be.
const untilOnline = () => new Promise(go => {
  const timer = setTimeout(go, 3000);
  addEventListener("online", () => { clearTimeout(timer); go(); }, { once: true });
});

// In pieces: where the line breaks, the next piece begins where the server's file ends. Null where the server does not
// take it so: the file then goes with the form.
async function upload(address, file, progress) {
  const piece = 1 << 18;
  let place = null;
  for (let at = 0; at < file.size;) {
    try {
      if (!place) {
        const begun = await fetch(address, { method: "POST", headers: { "Upload-Length": file.size } });
        if (begun.status !== 201) return null;
        place = begun.headers.get("Location");
      }
      const sent = await fetch(place, {
        method: "PATCH",
        headers: { "Upload-Offset": at, "Content-Type": "application/offset+octet-stream" },
        body: file.slice(at, at + piece),
      });
      if (sent.status === 409) {
        const known = await fetch(place, { method: "HEAD" });
        if (!known.ok) return null;
        at = Number(known.headers.get("Upload-Offset"));
      } else if (sent.status >= 500) {
        await untilOnline();
      } else if (!sent.ok) {
        return null;
      } else {
        at = Number(sent.headers.get("Upload-Offset"));
      }
      progress(at);
    } catch {
      await untilOnline();
      // What arrived of the piece is asked for before the next one leaves.
      const known = place && await fetch(place, { method: "HEAD" }).catch(() => null);
      if (known?.ok) at = Number(known.headers.get("Upload-Offset"));
    }
  }
  return place.split("/").pop();
}

// Each form waits for its own before it leaves.
const uploads = new WeakMap();

function uploadAll(input, address, files, say) {
  const [done, name] = [[], input.name.replace(/^f\./, "u.")];
  // A new choice takes the place of the one before.
  input.form.querySelectorAll(`[name="${name}"]`).forEach(e => e.remove());
  const work = (async () => {
    const rest = new DataTransfer();
    for (const [i, file] of files.entries()) {
      const id = await upload(address, file, at => {
        done[i] = `, ${Math.floor(100 * at / file.size)} %`;
        say(done);
      });
      if (!id) {
        rest.items.add(file);
        continue;
      }
      const arrived = document.createElement("input");
      arrived.type = "hidden";
      arrived.name = name;
      arrived.value = `${id} ${file.name}`;
      input.after(arrived);
    }
    input.files = rest.files;
  })();
  uploads.set(input.form, Promise.all([uploads.get(input.form), work]));
  return work;
}

// A place on the page that is open is not loaded by going there.
function go(address) {
  const to = new URL(address, location.href);
  const isHere = to.pathname === location.pathname && to.search === location.search;
  if (!isHere || !to.hash) {
    location.assign(to);
    return;
  }
  document.querySelectorAll("form").forEach(f => f.reset());
  history.replaceState(null, "", to);
  location.reload();
}

// Which form it is (its page, its address, the records it names) and what it was shown with: what was typed over one
// version of a record is not put into another.
function identify(form) {
  if (form.dataset.kept) return form.dataset.kept.split(" ");
  const hidden = [...form.elements].filter(e => e.type === "hidden" && !e.name.startsWith("__"));
  const isVersion = field => /(^|\.)version$/i.test(field.name);
  const record = hidden.filter(e => !isVersion(e)).map(e => `${e.name}=${e.value}`);
  const address = form.getAttribute("action") ?? form.querySelector("[formaction]")?.getAttribute("formaction");
  const id = [location.pathname + location.search, form.id, address, ...record].join("|");
  const shown = [...hidden.filter(isVersion).map(e => e.value), ...[...form.querySelectorAll("textarea")].map(e => e.defaultValue)];
  return [id, JSON.stringify(shown)];
}

function lineOf(form) {
  const said = form.querySelector("[data-line]");
  if (said) return said;
  const line = document.createElement("p");
  line.className = "notice";
  line.role = "status";
  line.dataset.line = "";
  line.hidden = true;
  form.prepend(line);
  return line;
}

// A form that was refused is shown with what was typed: it goes on as the form that it was, of the version before.
function attach(form, before) {
  let [id, version] = identify(form);
  version = before?.get(id) ?? version;
  const shelf = `answers ${person} ${id}`;
  const line = lineOf(form);
  const isBox = field => field.type === "checkbox" || field.type === "radio";
  const fields = () => [...form.elements].filter(e => e.name && !["hidden", "file", "submit", "button", "password"].includes(e.type));
  const say = text => { line.textContent = text; line.hidden = false; };

  const arrange = () => {
    const given = new FormData(form);
    for (const part of form.querySelectorAll('[data-when]:not([data-when=""])'))
      part.hidden = !part.dataset.values.split(" ").some(v => given.getAll("f." + part.dataset.when).includes(v));
    for (const count of form.querySelectorAll("[data-count]")) {
      count.dataset.said ??= count.textContent;
      count.textContent = `${count.dataset.said} · ${document.getElementById(count.dataset.count).value.split(/\s+/).filter(Boolean).length}`;
    }
  };

  const keep = () => {
    const typed = fields().map(e => isBox(e) ? [e.name, e.value, e.checked] : [e.name, null, e.value]);
    try { shelves().setItem(shelf, JSON.stringify({ version, typed })); } catch { /* A full or forbidden store: the form works without. */ }
  };

  const forget = () => { try { shelves().removeItem(shelf); } catch { /* As above. */ } };

  // What the browser holds and the server does not: the page was closed, or the line dropped, before it was sent.
  const restore = () => {
    let kept = null;
    try { kept = JSON.parse(shelves().getItem(shelf)); } catch { /* Nothing readable. */ }
    if (kept?.version !== version) return;
    let changed = false;
    for (const [name, value, was] of kept.typed)
      for (const field of fields().filter(f => f.name === name && (value === null || f.value === value))) {
        const part = isBox(field) ? "checked" : "value";
        if (field[part] === was) continue;
        changed = true;
        field[part] = was;
        const put = field.closest("details");
        if (put) put.open = true;
      }
    if (changed) say(form.dataset.restored);
  };

  // Sign-in ended while somebody was typing: the way back leads here, where what was typed is shown again.
  const askToSignIn = () => {
    say(form.dataset.signin);
    const link = document.createElement("a");
    link.href = `${location.pathname.slice(0, 3)}/sign-in?return=${encodeURIComponent(location.pathname + location.search)}`;
    link.textContent = form.dataset.signinLink;
    line.append(" ", link);
    line.scrollIntoView({ block: "nearest" });
  };

  // Only an answer that names this form is one: anything else (a sign-in page, a proxy's error) changes nothing here.
  const send = async button => {
    if (!navigator.onLine) say(form.dataset.offline);
    await uploads.get(form);
    const given = new FormData(form);
    if (button.name) given.append(button.name, button.value);
    const address = button.getAttribute("formaction") ?? form.getAttribute("action") ?? location.href;
    try {
      const answer = await fetch(address, { method: "POST", body: given, headers: { "X-Form": "1" } });
      const key = form.elements["__key"]?.value;
      const isOurs = key && answer.headers.get("X-Form") === key;
      if (isOurs && answer.status === 200 && answer.headers.get("Content-Type")?.includes("json")) {
        const said = await answer.json();
        if (said.acknowledges !== key) throw new Error("not acknowledged");
        waiting = null;
        forget();
        go(said.location);
        return;
      }
      // The server's page of errors names the form as well: it is none that could take the place of this one.
      const isPage = isOurs && (answer.ok || answer.status === 422);
      const main = isPage ? new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main") : null;
      if (main) {
        // Refused, or shown: the page that says so takes the place of this one.
        waiting = null;
        if (answer.ok) forget();
        document.querySelector("main").replaceWith(main);
        const versions = answer.ok ? new Map() : new Map([[id, version]]);
        main.querySelectorAll("form[data-kept]").forEach(f => attach(f, versions));
        (main.querySelector("[role=alert][tabindex], [aria-invalid=true]") ?? main).focus();
        document.dispatchEvent(new Event("shown"));
        return;
      }
      keep();
      if (answer.status === 401) {
        askToSignIn();
        return;
      }
      if (answer.status >= 400 && answer.status < 500) {
        say(form.dataset.refused);
        return;
      }
      throw new Error(`${answer.status}`);
    } catch {
      waiting = () => send(button);
      keep();
      say(form.dataset.offline);
    }
  };

  // A draft is kept by the server too, a moment after the last key, so that it goes on at another desk.
  let later = 0;
  const save = async () => {
    const typed = new FormData(form);
    typed.delete("__key");
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body: typed, headers: { "X-Form": "1" } });
      if (answer.status === 401) askToSignIn();
      if (!answer.ok || answer.redirected) return;
      const kept = await answer.json();
      form.elements["Input.Version"].value = kept.version;
      version = String(kept.version);
      keep();
      say(kept.says);
    } catch {
      say(form.dataset.offline);
    }
  };

  restore();
  arrange();
  form.addEventListener("input", () => {
    keep();
    arrange();
    if (!form.dataset.autosave) return;
    clearTimeout(later);
    later = setTimeout(save, 2500);
  });
  form.addEventListener("change", event => event.target.type === "file" && choose(event.target));
  form.addEventListener("submit", event => {
    if (!event.submitter) return;
    clearTimeout(later);
    event.preventDefault();
    send(event.submitter);
  });
}

addEventListener("online", () => waiting?.());
document.querySelectorAll("form[data-kept]").forEach(f => attach(f));
