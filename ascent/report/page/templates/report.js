"use strict";
(() => {
  // What a link points to may stand in something closed.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let step = target; step; step = step.parentElement) {
      if (step.tagName === "DETAILS") step.open = true;
    }
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", reveal);
  if (location.hash) reveal();

  const form = document.getElementById("filters");
  if (!form) return;
  const rows = [...document.querySelectorAll("#verdict-rows > tr")];
  const count = document.getElementById("shown");
  const apply = () => {
    const wanted = ["status", "layer", "severity"].map((name) => [name, form.elements[name].value]);
    const text = form.elements.text.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows) {
      const fits = wanted.every(([name, value]) => !value || row.dataset[name] === value)
        && row.textContent.toLowerCase().includes(text);
      row.hidden = !fits;
      if (fits) shown += 1;
    }
    count.textContent = `${shown} of ${rows.length} verdicts shown`;
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(apply));
  form.hidden = false;
  apply();
})();
