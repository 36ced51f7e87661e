// What is chosen stands behind the "#" of the page's address, so that a link opens it again. It is never sent to a server.
// JupyterLab's address is its own: it drops what stands there.
const render = ({ model, el }) => {
  el.style.display = "none";
  const focus = ({ focus }) => setTimeout(() => document.querySelector(focus)?.focus()); // once it is there
  model.on("msg:custom", focus);
  if (document.body.dataset.voila === undefined) return () => model.off("msg:custom", focus);

  document.title = model.get("title");
  document.querySelector("#rendered_cells")?.setAttribute("role", "main");
  const tell = () => model.send({ asked: location.hash.slice(1) });
  const write = () => {
    if (location.hash.slice(1) !== model.get("value")) history.replaceState(history.state, "", `#${model.get("value")}`);
  };
  model.on("change:value", write);
  window.addEventListener("hashchange", tell);
  tell();
  return () => {
    model.off("msg:custom", focus);
    model.off("change:value", write);
    window.removeEventListener("hashchange", tell);
  };
};

export default { render };
