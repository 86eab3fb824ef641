// A form that was begun is kept by itself: every so many seconds, on leaving a field, and on looking away.
// Without this the button keeps it.
(() => {
  "use strict";
  const form = document.querySelector("form[data-keep]");
  const told = document.querySelector("[data-kept]");
  if (!form || !told || !window.fetch) return;
  const typed = () => {
    const texts = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string") texts.append(name, value);
    return texts;
  };
  let before = typed().toString();
  let sent = false;
  const keep = async () => {
    const texts = typed();
    if (sent || texts.toString() === before) return;
    const last = before;
    before = texts.toString();
    texts.append("nut", "nhap-ngam");
    try {
      const answer = await fetch(form.action, { method: "POST", body: texts, redirect: "manual", keepalive: true });
      if (answer.status === 409) sent = true; // somebody has done the work: nothing is left to keep
      else if (!answer.ok) throw new Error(String(answer.status));
      told.textContent = await answer.text();
    } catch {
      before = last; // tried again with the next turn
      told.textContent = told.dataset.kept;
    }
  };
  const leaving = () => {
    if (document.visibilityState === "hidden") keep();
  };
  form.addEventListener("submit", () => (sent = true));
  form.addEventListener("focusout", keep);
  document.addEventListener("visibilitychange", leaving);
  window.addEventListener("pageshow", () => (sent = false));
  window.setInterval(keep, Number(form.dataset.keep) * 1000);
})();
