// A moment by the clocks of a place is said by the reader's clocks too, where these show another time.
for (const place of document.querySelectorAll("[data-local]")) {
  const at = new Date(place.dataset.at);
  const by = timeZone =>
    new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short", timeZone }).format(at);
  if (by() === by(place.dataset.zone)) continue;
  place.textContent = place.dataset.local.replace("{at}", by());
  place.hidden = false;
}
