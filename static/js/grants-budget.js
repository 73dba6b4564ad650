// Shows the amounts of a budget at once while people type. The server computes them again with every save, and what it
// says replaces what stands here. Without this file every button of the page asks the server instead.
(() => {
  "use strict";
  const form = document.querySelector("form[data-budget]");
  if (!form) return;
  const rules = JSON.parse(document.getElementById("budget-rules").textContent);
  const numerator = Number(form.dataset.numerator);
  const denominator = Number(form.dataset.denominator);
  const capLeft = form.dataset.capLeft === "" ? Infinity : Number(form.dataset.capLeft);
  const show = (number) => number.toLocaleString("ja-JP");

  const read = (box) => {
    const text = box ? box.value.normalize("NFKC").replace(/[,円¥\s]/g, "") : "";
    return /^\d{1,12}$/.test(text) ? Number(text) : null;
  };
  const cell = (row, name) => row.querySelector(`[data-cell="${name}"]`);
  const put = (selector, text) => { const at = form.querySelector(selector); if (at) at.textContent = text; };

  const ruleFor = (setsu, text) => rules.find(
    (rule) => rule.setsu.includes(setsu) && (rule.words.length === 0 || rule.words.some((word) => text.includes(word))));

  const markRow = (row, rule) => {
    row.classList.toggle("is-warn", Boolean(rule));
    let note = form.querySelector(`[data-rule-of="${row.dataset.row}"]`);
    if (!rule) { if (note) note.remove(); return; }
    if (!note) {
      note = document.createElement("tr");
      note.className = "is-warn";
      note.dataset.ruleOf = row.dataset.row;
      const words = document.createElement("td");
      words.colSpan = 5;
      words.className = "budget__sub";
      note.append(words);
      row.after(note);
    }
    note.firstElementChild.textContent = rule.text;
  };

  const countRow = (row, setsu) => {
    const text = cell(row, "description").value;
    const unit = read(cell(row, "unit"));
    const quantity = read(cell(row, "quantity"));
    const amount = (unit || 0) * (quantity === null ? 1 : quantity);
    const isRow = text !== "" || unit !== null || quantity !== null;
    const rule = isRow ? ruleFor(setsu, text) : undefined;
    if (rule) cell(row, "off").value = show(amount);
    markRow(row, rule);
    row.querySelector("[data-amount]").textContent = show(amount);
    return [amount, Math.min(read(cell(row, "off")) || 0, amount)];
  };

  const countExpenses = () => {
    let total = 0;
    let off = 0;
    for (const group of form.querySelectorAll("tbody[data-setsu]")) {
      let sum = 0;
      for (const row of group.querySelectorAll("tr[data-row]")) {
        const [amount, excluded] = countRow(row, Number(group.dataset.setsu));
        sum += amount;
        off += excluded;
      }
      group.querySelector("[data-sum]").textContent = show(sum);
      total += sum;
    }
    return [total, off];
  };

  const countIncome = (kind) => [...form.querySelectorAll(`tr[data-income="${kind}"]`)]
    .reduce((sum, row) => sum + (read(cell(row, "amount")) || 0), 0);

  const balance = (typed, difference) => {
    if (typed === null) return "(市町村負担が未入力です)";
    if (difference === 0) return "(支出と一致しています)";
    return difference > 0 ? `(支出より${show(difference)}円多い)` : `(支出より${show(-difference)}円少ない)`;
  };

  const count = () => {
    const [total, off] = countExpenses();
    const specific = countIncome("specific");
    const own = countIncome("own");
    const outlayBox = form.elements.outlay_yen;
    const outlay = outlayBox ? (read(outlayBox) ?? Math.max(0, total - specific)) : Math.max(0, total - specific);
    const base = Math.max(0, Math.min(total - off - specific, outlay));
    const shared = Math.floor((base * numerator) / denominator);
    const grant = Math.floor(Math.min(shared, capLeft) / 1000) * 1000;
    const offered = Math.max(0, total - specific - own - grant);
    const share = read(form.elements.share_yen);
    const income = grant + (share || 0) + specific + own;
    put("[data-total]", show(total));
    put("[data-off-total]", show(off));
    put("[data-grant]", show(grant));
    put("[data-offered]", `${show(offered)}円`);
    put("[data-income-total]", show(income));
    put("[data-balance]", balance(share, income - total));
    return offered;
  };

  const addRow = (group) => {
    const rows = [...form.querySelectorAll("tr[data-row]")];
    const index = Math.max(...rows.map((row) => Number(row.dataset.row))) + 1;
    const last = [...group.querySelectorAll("tr[data-row]")].at(-1);
    const fresh = last.cloneNode(true);
    fresh.dataset.row = index;
    fresh.classList.remove("is-warn");
    for (const box of fresh.querySelectorAll("[data-cell]")) {
      const name = `e-${index}-${box.dataset.cell}`;
      box.name = name;
      box.id = `id_${name}`;
      box.value = "";
      box.removeAttribute("aria-invalid");
      box.setAttribute("aria-label", box.getAttribute("aria-label").replace(/\d+$/, index + 1));
    }
    for (const old of fresh.querySelectorAll("input[type=hidden]")) old.remove();
    const setsu = document.createElement("input");
    setsu.type = "hidden";
    setsu.name = `e-${index}-setsu`;
    setsu.value = group.dataset.setsu;
    fresh.firstElementChild.append(setsu);
    fresh.querySelector("[data-amount]").textContent = "0";
    group.append(fresh);
    cell(fresh, "description").focus();
  };

  form.addEventListener("input", count);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.matches("[data-add]")) {
      event.preventDefault();
      addRow(button.closest("tbody"));
    } else if (button.matches("[data-fill]")) {
      event.preventDefault();
      form.elements.share_yen.value = show(count());
      form.elements.share_yen.dispatchEvent(new Event("input", { bubbles: true }));
    }
  });
  form.addEventListener("hiroba:saved", (event) => {
    document.getElementById("budget-side").innerHTML = event.detail.side;
  });
})();
