// The camera of the telephone reads the code of a slip, where the browser can. Without it one types the number.
(() => {
  "use strict";
  const form = document.querySelector("form[data-scan]");
  if (!form || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  const start = form.querySelector("[data-scan-start]");
  const view = form.querySelector("[data-scan-view]");
  const video = view.querySelector("video");
  const code = form.querySelector("[name=code]");
  const KEEP = "counter-camera"; // the next party is read without another press
  let stream = null;

  const look = async (detector) => {
    if (!stream) return;
    const [found] = await detector.detect(video).catch(() => []);
    if (found) {
      code.value = found.rawValue;
      stop();
      form.requestSubmit();
    } else {
      setTimeout(look, 250, detector);
    }
  };
  const stop = () => {
    for (const track of stream ? stream.getTracks() : []) track.stop();
    stream = null;
  };
  const open = async () => {
    try {
      const detector = new BarcodeDetector({ formats: ["qr_code"] });
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      view.hidden = false;
      start.hidden = true;
      await video.play();
      sessionStorage.setItem(KEEP, "1");
      look(detector);
    } catch {
      stop();
      sessionStorage.removeItem(KEEP);
      view.hidden = true;
      start.hidden = false;
      code.focus();
    }
  };
  start.hidden = false;
  start.firstElementChild.addEventListener("click", open);
  addEventListener("pagehide", stop);
  if (sessionStorage.getItem(KEEP)) open();
})();
