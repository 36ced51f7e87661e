// A button that opens and folds what stands below it.
const render = ({ model, el }) => {
  const button = document.createElement("button");
  button.className = "jupyter-button widget-button procman-fold";
  button.type = "button";
  button.addEventListener("click", () => {
    model.set("unfolded", !model.get("unfolded"));
    model.save_changes();
  });
  const show = () => {
    button.ariaExpanded = String(model.get("unfolded"));
    button.textContent = model.get("description");
  };
  model.on("change", show);
  show();
  el.append(button);
  return () => model.off("change", show);
};

export default { render };
