// Lets whoever has a pointer drag the items of an ordered list; the buttons beside them do the same without script. The
// list names the address that takes the key of the item and its new place.
for (const list of document.querySelectorAll("[data-order]")) {
  let dragged = null;
  for (const item of list.children) {
    item.draggable = true;
    item.addEventListener("dragstart", e => {
      dragged = item;
      e.dataTransfer.effectAllowed = "move";
    });
    item.addEventListener("dragover", e => {
      if (!dragged || dragged === item) return;
      e.preventDefault();
      const isBelow = e.clientY > item.getBoundingClientRect().top + item.offsetHeight / 2;
      item[isBelow ? "after" : "before"](dragged);
    });
    item.addEventListener("drop", e => e.preventDefault());
    item.addEventListener("dragend", () => {
      const form = dragged?.querySelector("form");
      const place = [...list.children].indexOf(dragged);
      dragged = null;
      if (!form) return;
      // The form of the buttons: it carries the token, the version and the key of the item.
      const address = new URL(list.dataset.order, location.href);
      address.searchParams.set("to", place);
      form.action = address;
      form.submit();
    });
  }
}
