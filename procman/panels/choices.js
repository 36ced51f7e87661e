// One of several, all in sight: radio buttons in a group with a name. The arrow keys go from one to the next.
const render = ({ model, el }) => {
  const [group, legend] = ["fieldset", "legend"].map((tag) => document.createElement(tag));
  const name = `procman-choices-${crypto.getRandomValues(new Uint32Array(2)).join("")}`;
  group.setAttribute("role", "radiogroup");
  legend.textContent = model.get("description");
  group.append(legend);
  el.classList.add("procman-choices");
  el.append(group);

  const choose = ({ target }) => {
    model.set("value", target.value);
    model.save_changes();
  };
  const choice = ([text, value]) => {
    const [label, radio] = ["label", "input"].map((tag) => document.createElement(tag));
    Object.assign(radio, { type: "radio", name, value });
    radio.addEventListener("change", choose);
    label.append(radio, text);
    return label;
  };
  const radios = () => [...group.querySelectorAll("input")];
  const check = () => radios().forEach((radio) => (radio.checked = radio.value === model.get("value")));
  const offer = () => {
    const focused = group.contains(document.activeElement);
    group.replaceChildren(legend, ...model.get("options").map(choice));
    check();
    if (focused) radios().find((radio) => radio.checked)?.focus();
  };
  model.on("change:options", offer);
  model.on("change:value", check);
  offer();
  return () => (model.off("change:options", offer), model.off("change:value", check));
};

export default { render };
