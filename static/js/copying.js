// Buttons that copy citations and addresses. Where a page may not write to the clipboard by itself, the words are
// selected, so that one key copies them.

const SHOWN_FOR = 4000; // milliseconds

const status = document.createElement("p");
status.className = "unseen";
status.setAttribute("role", "status");
document.body.append(status);

for (const words of document.querySelectorAll(".citation, .copied")) words.after(buttonFor(words));

function buttonFor(words) {
  const { copy, copied, selected } = words.closest("[data-copy]").dataset;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet copy";
  button.textContent = copy;
  button.setAttribute("aria-describedby", words.id);
  button.addEventListener("click", async () => {
    const isCopied = await copyWords(words);
    button.textContent = status.textContent = isCopied ? copied : selected;
    setTimeout(() => (button.textContent = copy), SHOWN_FOR);
  });
  return button;
}

/** Copy the words of an element, with their italics where the browser can; otherwise select them and say false. */
async function copyWords(element) {
  const text = element.textContent.trim();
  try {
    if (!element.matches(".citation")) await navigator.clipboard.writeText(text);
    else {
      const formats = { "text/plain": text, "text/html": element.innerHTML };
      const blobs = Object.entries(formats).map(([type, content]) => [type, new Blob([content], { type })]);
      await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    }
    return true;
  } catch {
    getSelection().selectAllChildren(element);
    return false;
  }
}
