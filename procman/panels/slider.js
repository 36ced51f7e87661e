// A range input as the browser has it: arrow keys move it, screen readers give its name and value.
const render = ({ model, el }) => {
  const [label, range, shown] = ["label", "input", "output"].map((tag) => document.createElement(tag));
  range.type = "range";
  range.id = shown.htmlFor = label.htmlFor = `procman-slider-${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
  label.className = "widget-label";
  el.classList.add("procman-slider");
  el.append(label, range, shown);

  const say = () => (shown.value = Number(range.value).toFixed(2));
  const show = () => {
    for (const name of ["min", "max", "step", "value", "disabled"]) range[name] = model.get(name);
    label.textContent = model.get("description");
    say();
  };
  // The number follows the handle; the kernel hears of it when the handle is let go.
  range.addEventListener("input", say);
  range.addEventListener("change", () => {
    model.set("value", Number(range.value));
    model.save_changes();
  });
  model.on("change", show);
  show();
  return () => model.off("change", show);
};

export default { render };
