// A table with a button in each heading that sorts by it, two that turn its pages, and in some rows those that decide.
const render = ({ model, el }) => {
  el.classList.add("procman-table");
  let pressed = null; // what a person pressed last, so that the focus stays there

  const button = (text, name, act, label = "") => {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", textContent: text });
    if (label) made.ariaLabel = made.title = label;
    made.dataset.name = name;
    made.addEventListener("click", () => {
      pressed = name;
      act();
    });
    return made;
  };
  const set = (values) => {
    Object.entries(values).forEach(([name, value]) => model.set(name, value));
    model.save_changes();
  };
  // The first press sorts words from A and numbers from the largest, the second turns that round, the third ends it.
  const sortable = (heading, at) => {
    const name = model.get("columns")[at];
    const first = heading.classList.contains("procman-number");
    const sorted = model.get("sort") === name;
    const down = model.get("descending");
    if (sorted) heading.ariaSort = down ? "descending" : "ascending";
    const next = !sorted ? { sort: name, descending: first } : down === first ? { descending: !down } : { sort: "" };
    const sorting = button(heading.textContent, `sort ${name}`, () => set({ ...next, page: 0 }));
    sorting.title = heading.title;
    heading.removeAttribute("title");
    heading.replaceChildren(sorting);
  };
  const decidable = (row, at) => {
    const id = model.get("decisions")[at];
    const cell = document.createElement("td");
    const about = row.querySelector("th").textContent;
    const ask = (decision) => () => model.send({ decide: decision, on: id });
    if (id) cell.append(...model.get("buttons").map((each) => button(each, `${each} ${id}`, ask(each), `${each}: ${about}`)));
    row.append(cell);
  };
  const pager = () => {
    const [nav, said] = ["nav", "span"].map((tag) => document.createElement(tag));
    const [page, pages] = ["page", "pages"].map((name) => model.get(name));
    nav.ariaLabel = "Pages of the table";
    said.textContent = `Page ${page + 1} of ${pages}`;
    const [back, on] = [button("Previous", "back", () => set({ page: page - 1 })), button("Next", "on", () => set({ page: page + 1 }))];
    [back.disabled, on.disabled] = [page === 0, page + 1 >= pages];
    nav.append(back, said, on);
    return nav;
  };
  const show = () => {
    const held = el.contains(document.activeElement);
    const place = [...el.querySelectorAll("button")].findIndex((each) => each.dataset.name === pressed);
    const scrolled = el.querySelector(".procman-scroll")?.scrollTop ?? 0;
    el.innerHTML = model.get("html");
    el.querySelectorAll("thead th").forEach(sortable);
    if (model.get("decisions").some(Boolean)) {
      const heading = Object.assign(document.createElement("th"), { scope: "col", textContent: model.get("asks") });
      el.querySelector("thead tr").append(heading);
      el.querySelectorAll("tbody tr").forEach(decidable);
    }
    if (model.get("pages") > 1) el.append(pager());
    const scroll = el.querySelector(".procman-scroll");
    if (scroll) scroll.scrollTop = scrolled;
    if (!held) return;
    const buttons = [...el.querySelectorAll("button")];
    const same = buttons.find((each) => each.dataset.name === pressed && !each.disabled);
    (same ?? buttons[Math.min(place, buttons.length - 1)] ?? scroll)?.focus();
  };
  model.on("change", show);
  show();
  return () => model.off("change", show);
};

export default { render };
