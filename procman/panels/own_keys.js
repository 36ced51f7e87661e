// Keys pressed at a panel's control are the panel's own: elsewhere in a notebook "d d" deletes a cell. JupyterLab's
// shortcuts leave alone an element so marked; where one writes, they do so by themselves.
const mark = ({ target }) => {
  if (!target.matches(":read-write")) target.setAttribute("data-lm-suppress-shortcuts", "true");
};

const render = ({ el }) => {
  let waiting = 0;
  const listen = () => {
    if (el.isConnected) el.parentElement.addEventListener("focusin", mark);
    else waiting = requestAnimationFrame(listen); // the panel is made before it is put into the page
  };
  el.style.display = "none";
  listen();
  return () => cancelAnimationFrame(waiting);
};

export default { render };
