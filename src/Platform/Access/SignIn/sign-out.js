// Signing out on a shared computer: what forms and votes kept in this browser for the person goes with them. Whoever has a
// vote that was not sent yet is told so first.
const person = document.documentElement.dataset.person ?? "";
const own = () => Object.keys(localStorage).filter(k => k.startsWith(`answers ${person} `) || k === `votes ${person}`);
try {
  const votes = JSON.parse(localStorage.getItem(`votes ${person}`) ?? "[]");
  document.querySelector("[data-unsent]").hidden = votes.length === 0;
} catch { /* Nothing readable is nothing to send. */ }
document.querySelector("form[data-sign-out]").addEventListener("submit", () => own().forEach(k => localStorage.removeItem(k)));
