// A form that signs in or adds a key with a passkey: asks the house for options and the device for a credential, then
// sends itself with what the device answered. Without script, or on a device without passkeys, the form stays hidden.
for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  form.addEventListener("submit", async event => {
    const field = form.elements.namedItem("Credential");
    if (field.value) return;
    event.preventDefault();
    const [button, trouble] = [form.querySelector("button"), form.querySelector("[role=alert]")];
    button.disabled = true;
    trouble.hidden = true;
    try {
      const answer = await fetch(form.dataset.options, { method: "POST", body: new FormData(form) });
      if (!answer.ok) throw new Error(`${answer.status}`);
      const options = await answer.json();
      const credential = form.dataset.passkey === "create"
        ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
        : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      field.value = JSON.stringify(credential);
      form.submit();
    } catch {
      trouble.hidden = false;
      button.disabled = false;
    }
  });
}
