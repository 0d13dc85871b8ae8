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

/** An image's name in parts, as registries understand it. */
export interface ImageName {
  registry: string;
  repository: string;
  tag: string;
}

/** Takes `registry/repository:tag` apart; a registry may have a port. */
export function splitImage(text: string): ImageName {
  const { name } = parseImage(text);
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(0, slash));
  const hasRegistry = first.includes('.') || first.includes(':') || first === 'localhost';
  const rest = hasRegistry ? name.slice(slash + 1) : name;
  const colon = rest.lastIndexOf(':');
  // The engine takes a name without a registry for one of Docker's.
  return { registry: hasRegistry ? first : 'docker.io', repository: colon === -1 ? rest : rest.slice(0, colon), tag: colon === -1 ? '' : rest.slice(colon + 1) };
}
