// A chart inside the page: it tells the width that it has, and says of the cell under the pointer what it is.
const SETTLED = 200; // milliseconds without a change of width, before the chart is drawn again
const STEP = 48; // pixels: it is not drawn again for less

const render = ({ model, el }) => {
  const show = () => {
    el.innerHTML = model.get("svg");
    el.querySelector("svg")?.addEventListener("pointermove", point);
  };

  // One cell moves with the pointer, for so many cells would make the page slow.
  const cell = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  const title = cell.appendChild(document.createElementNS("http://www.w3.org/2000/svg", "title"));
  cell.classList.add("procman-cell");
  const point = ({ clientX, clientY, currentTarget: svg }) => {
    const { rows, columns, words, states, heights } = model.get("cells");
    if (!rows) return;
    const corner = new DOMPoint(clientX, clientY).matrixTransform(svg.getScreenCTM().inverse());
    const { x, y, width, height } = svg.querySelector('[id$="-cells"]').getBBox();
    const wide = width / columns.length;
    const parts = heights.length ? heights : rows.map(() => 1);
    const sums = parts.reduce((sums, part) => [...sums, sums.at(-1) + part], [0]);
    const edges = sums.map((sum) => y + (sum * height) / sums.at(-1));
    const [column, row] = [Math.floor((corner.x - x) / wide), edges.findIndex((edge) => corner.y < edge) - 1];
    const said = words[states[row]?.charCodeAt(column) - 48];
    if (!said) return cell.remove();
    const place = { x: x + column * wide, y: edges[row], width: wide, height: edges[row + 1] - edges[row] };
    Object.entries(place).forEach(([name, value]) => cell.setAttribute(name, value));
    title.textContent = `${[columns[column], rows[row]].filter(Boolean).join(": ")}, ${said}`;
    if (cell.parentNode !== svg) svg.append(cell);
  };

  let timer;
  const tell = () => {
    if (!el.clientWidth) return; // out of sight
    model.set("width", Math.floor(el.clientWidth / STEP) * STEP);
    model.save_changes();
  };
  const watch = new ResizeObserver(() => {
    clearTimeout(timer);
    timer = setTimeout(tell, SETTLED);
  });
  watch.observe(el);
  model.on("change:svg", show);
  show();
  return () => {
    clearTimeout(timer);
    watch.disconnect();
    model.off("change:svg", show);
  };
};

export default { render };
