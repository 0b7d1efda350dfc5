// The list of products. Whatever comes from the API is put in as text, never as HTML.
const list = document.querySelector("#products");
const state = document.querySelector("#state");
const more = document.querySelector("#more");
const form = document.querySelector("#search");
let next = null;

function row(product) {
  const entry = document.createElement("li");
  for (const text of [product.name, product.price]) {
    const part = document.createElement("span");
    part.textContent = text;
    entry.append(part);
  }
  return entry;
}

async function load(cursor) {
  const asked = new URLSearchParams({ q: new FormData(form).get("q"), limit: "20" });
  if (cursor !== null) asked.set("cursor", String(cursor));
  try {
    const answer = await fetch(`/api/v1/products?${asked}`, { signal: AbortSignal.timeout(10_000) });
    if (!answer.ok) throw new Error(String(answer.status));
    const page = await answer.json();
    if (cursor === null) list.replaceChildren();
    list.append(...page.items.map(row));
    next = page.next;
    more.hidden = next === null;
    state.textContent = list.children.length ? "" : "Nothing found.";
  } catch {
    state.textContent = "That did not work. Try again in a moment.";
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  load(null);
});
more.addEventListener("click", () => load(next));
load(null);
