// Images as the core writes them: `repository:tag@digest`.

/** An image reference in parts; without a digest the registry has not been asked yet. */
export interface ImageRef {
  name: string;
  digest: string | null;
}

/** Takes an image reference apart. */
export function parseImage(text: string): ImageRef {
  const at = text.lastIndexOf('@');
  return at === -1 ? { name: text, digest: null } : { name: text.slice(0, at), digest: text.slice(at + 1) };
}
