// A moment by the clocks of a place is said by the reader's clocks too, where these show another time.
const language = document.documentElement.lang;

function sayLocally() {
  for (const place of document.querySelectorAll("[data-local]")) {
    const at = new Date(place.dataset.at);
    const by = timeZone =>
      new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, { dateStyle: "long", timeStyle: "short", timeZone })
        .format(at);
    if (by() === by(place.dataset.zone)) continue;
    place.textContent = place.dataset.local.replace("{at}", by());
    place.hidden = false;
  }
}

sayLocally();
// A form that was refused takes the place of the page.
document.addEventListener("shown", sayLocally);
