// Help for whoever fills in a form on a phone: questions that do not apply are put away, what is typed is kept in the
// browser until the server acknowledges it by the form's key, photographs are shrunk before they leave, sending waits for
// the line. What is kept belongs to one account: the next person on the same browser is not shown it.
const size = bytes => bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
const person = document.documentElement.dataset.person ?? "";
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
  told.textContent = [...input.files].map(f => `${f.name}: ${size(f.size)}`).join(" · ");
}

function attach(form) {
  let [id, version] = form.dataset.kept.split(" ");
  const shelf = `answers ${person} ${id}`;
  const line = form.querySelector("[data-line]");
  const isBox = field => field.type === "checkbox" || field.type === "radio";
  const fields = () => [...form.elements].filter(e => e.name && !["hidden", "file", "submit"].includes(e.type));
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
    try { localStorage.setItem(shelf, JSON.stringify({ version, typed })); } catch { /* A full or forbidden store: the form works without. */ }
  };

  const forget = () => { try { localStorage.removeItem(shelf); } catch { /* As above. */ } };

  // What the browser holds and the server does not: the page was closed, or the line dropped, before it was sent.
  const restore = () => {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(shelf)); } catch { /* Nothing readable. */ }
    if (kept?.version !== version) return;
    let changed = false;
    for (const [name, value, was] of kept.typed)
      for (const field of fields().filter(f => f.name === name && (value === null || f.value === value))) {
        const part = isBox(field) ? "checked" : "value";
        changed ||= field[part] !== was;
        field[part] = was;
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
    try {
      const answer = await fetch(button.formAction, { method: "POST", body: new FormData(form), headers: { "X-Form": "1" } });
      const key = form.elements["__key"]?.value;
      const isOurs = key && answer.headers.get("X-Form") === key;
      if (isOurs && answer.status === 200 && answer.headers.get("Content-Type")?.includes("json")) {
        const said = await answer.json();
        if (said.acknowledges !== key) throw new Error("not acknowledged");
        waiting = null;
        forget();
        location.assign(said.location);
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
        main.querySelectorAll("form[data-kept]").forEach(attach);
        (main.querySelector("[role=alert][tabindex]") ?? main).focus();
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
document.querySelectorAll("form[data-kept]").forEach(attach);
