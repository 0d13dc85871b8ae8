// Texts that may read the same as in English: names, technical words, and words that two languages share. Everything
// else that is equal is taken for a text that nobody has translated.

/** Equal in every language: names of programs and units, examples, and texts that are made of their parts alone. */
export const sameEverywhere: readonly string[] = [
  'Freehold', 'Docker', 'Podman', 'freehold serve', '100.64.0.7:50001', 'CPU', 'SSD', 'API', 'URL', 'B', 'kB', 'MB', 'GB', 'TB', 'PB', 'MiB', 'GiB', 'min', 'ms', 'JSON',
];

/** Equal in one language. */
export const sameIn: Record<string, readonly string[]> = {
  de: [
    'Name', 'Client', 'Node', 'Nodes', 'Wallet', 'Wallets', 'Peers', 'Hosts', 'Host', 'Link', 'Code', 'Version', 'Engine', 'Container', 'Image', 'Digest',
    'Chain', 'Clouds', 'Details', 'Log', 'Variable', 'Ports', 'Index', 'In', 'Registry', 'Registries', 'Tag', 'Block', 'Start',
  ],
  fr: ['Client', 'Code', 'Audit', 'Variable', 'Clouds', 'Version', 'Mode', 'Service', 'Site', 'Licence', 'Index', 'Image', 'Messages'],
  es: ['Variable', 'Log', 'Digest', 'Host'],
  pt: ['Log', 'Digest', 'Host', 'Link', 'Site'],
};
