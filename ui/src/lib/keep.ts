// Gives the user a file: where a window can ask for a place, the core writes it there; a browser downloads it.
import type { FileTarget, SavedFile } from '../ipc/generated';
import type { Host } from '../ipc/host';

/** Lets the user choose a place and has the file made. Nothing when the user changed their mind. */
export async function keepFile(host: Host, name: string, make: (target: FileTarget) => Promise<SavedFile>): Promise<SavedFile | null> {
  if (host.savePath === undefined) {
    const file = await make({ path: null, replace: false });
    download(file);
    return file;
  }
  const path = await host.savePath(name);
  // The dialog has asked before it named a file that is there.
  return path === null ? null : await make({ path, replace: true });
}

function download(file: SavedFile): void {
  const bytes = Uint8Array.from(atob(file.content ?? ''), (letter) => letter.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = file.name;
  link.click();
  // After the click has been taken up.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}
