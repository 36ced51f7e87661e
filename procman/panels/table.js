// A table with a button in each heading that sorts by it, two that turn its pages, and in its rows those that decide.
const render = ({ model, el }) => {
  el.classList.add("procman-table");
  let pressed = { name: "", row: -1, id: "" }; // what a person pressed last, so that the focus stays there

  const make = (tag, properties = {}, ...children) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...children);
    return made;
  };
  const button = (text, name, act, { label = "", row = -1, id = "" } = {}) => {
    const made = make("button", { type: "button", textContent: text });
    if (label) made.ariaLabel = made.title = label;
    made.dataset.name = name;
    made.addEventListener("click", () => {
      pressed = { name, row, id };
      act(made);
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
  const opened = () => el.querySelector(".procman-choosing");
  const named = (name) => [...el.querySelectorAll("button")].find((each) => each.dataset.name === name);
  // A box to choose one of the names, in a row of its own below the one that it is about.
  const choose = (opener, decision, id) => {
    const open = opened();
    open?.remove();
    if (open?.dataset.id === id) return;
    const row = opener.closest("tr");
    const list = `procman-names-${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
    const names = make("datalist", { id: list }, ...model.get("names").map((value) => make("option", { value })));
    const box = make("input", { type: "text", autocomplete: "off", placeholder: "type to search" });
    box.setAttribute("list", list);
    const label = make("label", {}, `Which of your chapters is on “${row.querySelector("th").textContent}”? `, box);
    const refused = make("p", { className: "procman-error", hidden: true, id: `${list}-refused` });
    const cancel = make("button", { type: "button", textContent: "Cancel" });
    const form = make("form", {}, label, names, make("button", { textContent: "Save" }), cancel, refused);
    const leave = () => {
      opened()?.remove();
      named(`${decision} ${id}`)?.focus();
    };
    cancel.addEventListener("click", leave);
    form.addEventListener("keydown", (event) => event.key === "Escape" && leave());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      model.send({ decide: decision, on: id, name: box.value });
    });
    const cell = make("td", { colSpan: row.cells.length }, form);
    const below = make("tr", { className: "procman-choosing" }, cell);
    below.dataset.id = id;
    row.after(below);
    box.focus();
  };
  const refuse = ({ refused }) => {
    const said = opened()?.querySelector(".procman-error");
    if (!refused || !said) return;
    Object.assign(said, { textContent: refused, hidden: false });
    const box = said.closest("form").querySelector("input");
    box.ariaInvalid = "true";
    box.setAttribute("aria-describedby", said.id);
    box.focus();
  };
  const decidable = (row, at) => {
    const asked = model.get("asked")[at];
    const decide = (each) => (made) =>
      each === model.get("chooses") ? choose(made, each, asked.row) : model.send({ decide: each, on: asked.row });
    const buttons = asked.buttons.map((each) =>
      button(each, `${each} ${asked.row}`, decide(each), { label: `${each}: ${asked.about}`, row: at, id: asked.row }),
    );
    buttons.forEach((each) => (each.dataset.row = asked.row));
    row.append(make("td", {}, ...buttons));
  };
  const pager = () => {
    const [page, pages] = ["page", "pages"].map((name) => model.get(name));
    const [back, on] = [button("Previous", "back", () => set({ page: page - 1 })), button("Next", "on", () => set({ page: page + 1 }))];
    [back.disabled, on.disabled] = [page === 0, page + 1 >= pages];
    return make("nav", { ariaLabel: "Pages of the table" }, back, make("span", { textContent: `Page ${page + 1} of ${pages}` }), on);
  };
  // What was pressed, else its row, else the row that stands in its place now, else what stands there.
  const refocus = (place, scroll) => {
    const buttons = [...el.querySelectorAll("button")].filter((each) => !each.disabled);
    const rows = el.querySelectorAll("tbody tr");
    const row = pressed.row < 0 ? null : rows[Math.min(pressed.row, rows.length - 1)];
    const next =
      buttons.find((each) => each.dataset.name === pressed.name) ??
      buttons.find((each) => pressed.id && each.dataset.row === pressed.id) ??
      row?.querySelector("button") ??
      buttons[Math.min(place, buttons.length - 1)];
    (next ?? scroll)?.focus();
  };
  const show = () => {
    const [open, box] = [opened(), document.activeElement];
    const held = el.contains(document.activeElement);
    const place = [...el.querySelectorAll("button")].findIndex((each) => each.dataset.name === pressed.name);
    const scrolled = el.querySelector(".procman-scroll")?.scrollTop ?? 0;
    el.innerHTML = model.get("html");
    el.querySelectorAll("thead th").forEach(sortable);
    if (model.get("asked").length) {
      el.querySelector("thead tr").append(make("th", { scope: "col", textContent: model.get("asks") }));
      el.querySelectorAll("tbody tr").forEach(decidable);
    }
    if (model.get("pages") > 1) el.append(pager());
    const scroll = el.querySelector(".procman-scroll");
    if (scroll) scroll.scrollTop = scrolled;
    // What a person is choosing stays open as long as its row is there.
    const row = open && named(`${model.get("chooses")} ${open.dataset.id}`)?.closest("tr");
    if (row) row.after(open);
    if (row && open.contains(box)) box.focus();
    else if (held) refocus(place, scroll);
  };
  model.on("change", show);
  model.on("msg:custom", refuse);
  show();
  return () => (model.off("change", show), model.off("msg:custom", refuse));
};

export default { render };
