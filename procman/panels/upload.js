// Sends a file in pieces: Jupyter drops a message of more than 10 MiB without a word.
const PIECE = 1 << 20;

const render = ({ model, el }) => {
  const [button, chooser] = ["button", "input"].map((tag) => document.createElement(tag));
  button.className = "jupyter-button widget-button";
  button.textContent = model.get("description");
  chooser.type = "file";
  chooser.accept = model.get("accept");
  chooser.hidden = true;
  el.append(button, chooser);

  const send = async (file) => {
    const page = file.slice(0, model.get("most"));
    for (let start = 0; start === 0 || start < page.size; start += PIECE) {
      const piece = await page.slice(start, start + PIECE).arrayBuffer();
      model.send({ name: file.name, size: page.size, start }, undefined, [piece]);
    }
  };
  button.addEventListener("click", () => chooser.click());
  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    if (!file) return;
    button.disabled = true;
    await send(file).catch((error) => model.send({ name: file.name, failed: error.message }));
    button.disabled = false;
    chooser.value = ""; // so that the same file, put right, can be sent again
  });
};

export default { render };
