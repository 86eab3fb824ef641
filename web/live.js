// How much is to be done, beside the menu, as it changes. Without this the pages are the same.
(() => {
  "use strict";
  const places = document.querySelectorAll("[data-live]");
  if (!window.EventSource || !places.length) return;
  let source = null;
  const show = (event) => {
    let told;
    try {
      told = JSON.parse(event.data);
    } catch {
      return;
    }
    for (const place of places) {
      const count = told[place.dataset.live] || "";
      place.textContent = count;
      place.hidden = !count;
    }
  };
  const close = () => {
    if (source) source.close();
    source = null;
  };
  // A browser has few connections to one site: only the page that is looked at keeps one.
  const follow = () => {
    if (document.visibilityState !== "visible") return close();
    if (source) return;
    source = new EventSource("/tin");
    source.onmessage = show;
    source.addEventListener("end", close);
  };
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", close);
  window.addEventListener("pageshow", follow);
  follow();
})();
