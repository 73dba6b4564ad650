// The minute of a pitch, for the screen of the room. Without this file the page shows the order as a list.
(() => {
  "use strict";
  const root = document.querySelector("[data-pitch]");
  const rows = root ? [...root.querySelectorAll("[data-list] li[data-title]")] : [];
  if (!rows.length) return;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const whole = Number(root.dataset.seconds);
  const clock = part("clock");
  const toggle = root.querySelector("[data-do=toggle]");
  let at = 0;
  let left = whole;
  let ends = 0;
  let timer = 0;

  const say = (text) => { part("said").textContent = text; };

  const show = () => {
    clock.textContent = String(Math.max(left, 0));
    clock.classList.toggle("pitch__clock--late", left <= 10);
    toggle.textContent = timer ? "止める" : left < whole && left > 0 ? "つづける" : "はじめる";
  };

  const stop = () => { clearInterval(timer); timer = 0; };

  const tick = () => {
    const before = left;
    left = Math.ceil((ends - performance.now()) / 1000);
    if (left <= 0) {
      left = 0;
      stop();
      say("時間です");
    } else if (before > 10 && left <= 10) {
      say("あと10秒です");
    }
    show();
  };

  const start = () => {
    if (left <= 0) left = whole;
    ends = performance.now() + left * 1000;
    timer = setInterval(tick, 200);
    show();
  };

  const speak = (place) => {
    stop();
    at = Math.min(Math.max(place, 0), rows.length - 1);
    left = whole;
    part("title").textContent = rows[at].dataset.title;
    part("name").textContent = rows[at].dataset.name;
    part("count").textContent = `${at + 1} / ${rows.length}`;
    const next = rows[at + 1];
    part("next").textContent = next ? `次は「${next.dataset.title}」` : "最後の一人です";
    rows.forEach((row, number) => {
      row.classList.toggle("is-now", number === at);
      if (number === at) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    });
    show();
  };

  const full = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (root.requestFullscreen) root.requestFullscreen().catch(() => {});
  };

  const deeds = {
    toggle: () => { if (timer) { stop(); show(); } else start(); },
    next: () => speak(at + 1),
    back: () => speak(at - 1),
    reset: () => speak(at),
    full,
  };
  const keys = { " ": "toggle", ArrowRight: "next", ArrowLeft: "back", r: "reset", R: "reset", f: "full", F: "full" };

  root.addEventListener("click", (event) => {
    const button = event.target.closest("[data-do]");
    if (button) deeds[button.dataset.do]();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.target.closest("button, a");
    if (event.key === " " && onButton) return;
    const deed = keys[event.key];
    if (!deed) return;
    event.preventDefault();
    deeds[deed]();
  });

  part("stage").hidden = false;
  part("count").hidden = false;
  speak(0);
})();
