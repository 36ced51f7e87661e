// Keys pressed at a panel's control are the panel's own: elsewhere in a notebook "d d" deletes a cell. JupyterLab's
// shortcuts leave alone an element so marked. Those with Ctrl stay, and where one writes, they hold back by themselves.
const MARK = "data-lm-suppress-shortcuts";

const render = ({ el }) => {
  el.style.display = "none";
  const own = ({ target, ctrlKey, metaKey, altKey }) => {
    const free = ctrlKey || metaKey || altKey || target.matches(":read-write");
    if (free || !el.parentElement?.contains(target)) return;
    target.setAttribute(MARK, "");
    setTimeout(() => target.removeAttribute(MARK)); // when all have heard of this key
  };
  window.addEventListener("keydown", own, { capture: true }); // before JupyterLab's, which listens on the document
  return () => window.removeEventListener("keydown", own, { capture: true });
};

export default { render };
