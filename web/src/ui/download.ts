/** Lets the browser fetch a file from an address of the server, under the name that the server gives it. */
export function download(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

/** Lets the browser keep something that was made here as a file of this name. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // Some browsers read the file only after the click has been dealt with.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** The same of text that other programs read. */
export function saveJson(name: string, json: string): void {
  saveFile(name, new Blob([json], { type: 'application/json' }));
}
