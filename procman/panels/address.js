// What is chosen stands behind the "#" of the page's address, so that a link opens it again. It is never sent to a server.
const render = ({ model, el }) => {
  el.style.display = "none";
  const alone = document.body.dataset.voila !== undefined; // else the page is JupyterLab's
  if (alone) {
    document.title = model.get("title");
    document.querySelector("#rendered_cells")?.setAttribute("role", "main");
  }
  const tell = () => model.send({ asked: location.hash.slice(1) });
  const write = () => {
    if (location.hash.slice(1) !== model.get("value")) history.replaceState(history.state, "", `#${model.get("value")}`);
  };
  const focus = ({ focus }) => setTimeout(() => document.querySelector(focus)?.focus()); // once it is there
  model.on("change:value", write);
  model.on("msg:custom", focus);
  window.addEventListener("hashchange", tell);
  tell();
  return () => (model.off("change:value", write), model.off("msg:custom", focus), window.removeEventListener("hashchange", tell));
};

export default { render };
