// The numbers of an issue under way follow without a reload. Paused by itself, the page has more to say: it is read anew.
const seconds = 3;

async function follow() {
  const numbers = document.querySelector("[data-numbers]");
  if (!numbers?.dataset.numbers) return;
  if (!document.hidden) {
    try {
      const answer = await fetch(numbers.dataset.numbers);
      const next = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#numbers");
      if (!next) return;
      if (next.dataset.state !== numbers.dataset.state) return location.reload();
      numbers.replaceWith(next);
    } catch {
      // Without a connection the numbers stay as they are.
    }
  }
  setTimeout(follow, seconds * 1000);
}

setTimeout(follow, seconds * 1000);
