// Saves a section of an application while people type. The page works without this file; the server decides what is
// saved, this only sends and tells. A conflict stops it: nothing is ever overwritten unseen.
(() => {
  "use strict";
  const form = document.querySelector("form[data-autosave]");
  const line = document.getElementById("saved");
  if (!form || !line) return;
  const PAUSE = 1500;
  let timer = 0;
  let sending = false;
  let changed = false;
  let stopped = false;
  let signedOut = false;

  const say = (text) => { line.textContent = text; };

  const offerComparison = (text) => {
    const link = document.createElement("a");
    link.href = `${location.pathname}?restore=1`;
    link.textContent = "二つの内容を見くらべる";
    line.replaceChildren(`${text} `, link);
  };

  const tellSignedOut = () => {
    signedOut = true;
    changed = true;
    say("サインインが切れたため、保存していません。入力はこの画面に残っています。別のタブでサインインすると、続きから保存します。");
  };

  // Signed in again in another tab: this page's token is an old one, a fresh page has the new.
  const renewed = async () => {
    const page = await fetch(location.pathname, { redirect: "manual", credentials: "same-origin" });
    if (!page.ok) return false;
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("input[name=csrfmiddlewaretoken]");
    if (!fresh) return false;
    form.elements.csrfmiddlewaretoken.value = fresh.value;
    signedOut = false;
    return true;
  };

  const answered = async (response) => {
    if (response.type === "opaqueredirect" || response.status === 403) {
      tellSignedOut();
      return;
    }
    if (!(response.headers.get("content-type") || "").startsWith("application/json")) {
      say("保存できませんでした。入力はこの画面に残っています。");
      return;
    }
    const data = await response.json();
    if (response.ok) {
      (form.elements.revision || form.elements.seen).value = data.revision;
      say(data.text);
      const side = document.querySelector("[data-saved-side]");
      if (side && data.side) side.innerHTML = data.side;
      form.dispatchEvent(new CustomEvent("hiroba:saved", { detail: data }));
    } else if (data.conflict) {
      stopped = true;
      offerComparison(data.text);
    } else {
      say(data.text);
    }
  };

  const save = async (last = false) => {
    clearTimeout(timer);
    if (sending || stopped || !changed) return;
    sending = true;
    changed = false;
    try {
      if (signedOut && !(await renewed())) return tellSignedOut();
      await answered(await fetch(form.dataset.autosave, {
        method: "POST", body: new FormData(form), redirect: "manual", keepalive: last, credentials: "same-origin",
      }));
    } catch {
      changed = true;
      say("通信できないため、まだ保存していません。入力はこの画面に残っています。");
    } finally {
      sending = false;
      if (changed && !stopped && !last) timer = setTimeout(save, PAUSE * 4);
    }
  };

  form.addEventListener("input", () => {
    changed = true;
    if (stopped) return;
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); changed = false; stopped = true; });
  document.addEventListener("visibilitychange", () => save(document.visibilityState === "hidden"));
})();
