// A button for each name that removes it. The focus goes on to the next one, or to the box beside them.
const render = ({ model, el }) => {
  let place = -1; // of the chip that a person removed
  el.classList.add("procman-chips");

  const chip = (name, at) => {
    const [button, cross] = ["button", "span"].map((tag) => document.createElement(tag));
    button.className = "procman-name";
    button.type = "button";
    button.disabled = model.get("disabled");
    button.ariaLabel = button.title = `Remove ${name}`;
    cross.textContent = " ×";
    button.append(name, cross);
    button.addEventListener("click", () => {
      place = at;
      model.send({ remove: name });
    });
    return button;
  };
  const show = () => {
    const rest = document.createElement("span");
    rest.textContent = model.get("rest");
    const chips = model.get("names").map(chip);
    el.replaceChildren(...chips, ...(rest.textContent ? [rest] : []));
    if (place < 0) return;
    (chips[Math.min(place, chips.length - 1)] ?? el.closest(".procman-chooser")?.querySelector("input"))?.focus();
    place = -1;
  };
  model.on("change", show);
  show();
  return () => model.off("change", show);
};

export default { render };
