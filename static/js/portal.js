// Small helps on top of pages that work without them.
(() => {
  "use strict";
  const own = document.currentScript;

  // htmx is fetched only by pages that use it, and after everything else: it starts at once when the page is complete.
  if (document.querySelector("[hx-get], [hx-post]")) {
    addEventListener("load", () => {
      const script = document.createElement("script");
      script.src = own.dataset.htmx;
      document.head.append(script);
    });
  }

  // The error summary is read first.
  const errors = document.getElementById("errors");
  if (errors) errors.focus({ preventScroll: false });

  // Menus close with Esc and by a press elsewhere.
  const openMenus = () => document.querySelectorAll("details.menu[open]");
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of openMenus()) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside) menu.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const menu of openMenus()) if (!menu.contains(event.target)) menu.open = false;
  });

  // A second press on the same button within three seconds does nothing. The server would answer it the same way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent && Date.now() - Number(form.dataset.sent) < 3000) event.preventDefault();
    else form.dataset.sent = String(Date.now());
  });
  // Copying an address, where the browser lets us.
  if (navigator.clipboard) {
    for (const button of document.querySelectorAll("button[data-copy]")) {
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
        button.textContent = "コピーしました";
      });
    }
  }
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  });
})();
