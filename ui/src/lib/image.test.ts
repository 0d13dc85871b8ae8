// Image names are taken apart as registries understand them.
import { expect, it } from 'vitest';
import { splitImage } from './image';

it.each([
  ['docker.io/bitcoin/bitcoin:31.1', 'docker.io', 'bitcoin/bitcoin', '31.1'],
  ['ghcr.io/a/b/c:v2@sha256:00', 'ghcr.io', 'a/b/c', 'v2'],
  ['localhost:5000/node:1', 'localhost:5000', 'node', '1'],
  ['bitcoin/bitcoin:31', 'docker.io', 'bitcoin/bitcoin', '31'],
  ['node', 'docker.io', 'node', ''],
])('%s', (text, registry, repository, tag) => expect(splitImage(text)).toEqual({ registry, repository, tag }));
