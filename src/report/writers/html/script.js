"use strict";
(() => {
  const body = document.body;
  body.classList.add("scripted");
  const all = (selector, within = document) => Array.from(within.querySelectorAll(selector));

  // Sorting: a click on a column's head sorts by it, a second click turns the order around. What is empty stays last.
  const shown = (cell) => (cell.dataset.value ?? cell.textContent).trim();
  const keyOf = (row, column, kind) => {
    const text = shown(row.cells[column]);
    if (text === "") return null;
    if (kind === "text") return text;
    const number = Number.parseFloat(text);
    return Number.isNaN(number) ? null : number;
  };
  const compare = (one, other) =>
    typeof one === "string" ? one.localeCompare(other, document.documentElement.lang) : one - other;
  const sort = (head) => {
    const table = head.closest("table");
    const column = head.cellIndex;
    const kind = head.dataset.sort;
    const first = kind === "text" || column === 0 ? "ascending" : "descending";
    const other = first === "ascending" ? "descending" : "ascending";
    const order = head.getAttribute("aria-sort") === first ? other : first;
    all("th", table).forEach((each) => each.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", order);
    const sign = order === "ascending" ? 1 : -1;
    const rows = Array.from(table.tBodies[0].rows).map((row) => [keyOf(row, column, kind), row]);
    rows.sort(([one], [other]) => {
      if (one === null || other === null) return (one === null) - (other === null);
      return sign * compare(one, other);
    });
    table.tBodies[0].append(...rows.map(([, row]) => row));
  };
  all(".sortable th[data-sort]").forEach((head) => {
    head.tabIndex = 0;
    head.addEventListener("click", () => sort(head));
    head.addEventListener("keydown", (event) => {
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        sort(head);
      }
    });
  });

  // Filters: each field of the form keeps the rows whose attribute of the same name holds its value.
  const keeps = (form, row) =>
    Array.from(form.elements).every((field) => {
      const value = field.value.trim();
      if (!field.name || value === "") return true;
      if (field.name === "text") return row.textContent.toLowerCase().includes(value.toLowerCase());
      const has = row.dataset[field.name] ?? "";
      return field.name === "verdicts" ? has.split(" ").includes(value) : has === value;
    });
  const filter = (form) => {
    const rows = Array.from(document.getElementById(form.dataset.for).tBodies[0].rows);
    let kept = 0;
    for (const row of rows) {
      row.hidden = !keeps(form, row);
      kept += row.hidden ? 0 : 1;
      const paper = row.dataset.department && document.getElementById("d" + row.dataset.department);
      if (paper) paper.hidden = row.hidden;
    }
    form.querySelector("output").textContent = kept + " / " + rows.length;
  };
  all("form.tools").forEach((form) => {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", () => filter(form));
    form.addEventListener("change", () => filter(form));
    form.reset();
    filter(form);
  });

  // Opening: a score to its working, a department from anywhere that names it.
  const open = (score, wanted) => {
    score.classList.toggle("open", wanted);
    score.querySelector(".opener").setAttribute("aria-expanded", String(score.classList.contains("open")));
  };
  all(".opener").forEach((opener) => opener.addEventListener("click", () => open(opener.closest("tbody"))));
  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    const rest = target.closest("details.part");
    if (rest) rest.open = true;
    const paper = target.closest("details.paper");
    if (paper) {
      paper.hidden = false;
      paper.open = true;
    }
    if (target.matches("tbody")) open(target, true);
    target.scrollIntoView();
  };
  window.addEventListener("hashchange", follow);
  all('a[href^="#"]').forEach((link) =>
    link.addEventListener("click", () => {
      if (link.getAttribute("href") === location.hash) follow();
    }),
  );
  const every = (wanted) => {
    all("details.paper").forEach((paper) => {
      if (!paper.hidden) paper.open = wanted;
    });
    all(".scores > tbody").forEach((score) => open(score, wanted));
  };
  document.getElementById("open-all").addEventListener("click", () => every(true));
  document.getElementById("close-all").addEventListener("click", () => every(false));
  follow();
})();
