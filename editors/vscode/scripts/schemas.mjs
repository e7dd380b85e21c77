// Copies the published JSON Schemas into the extension, so that there is one of each in the repository.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const docs = join(extension, '..', '..', 'docs');
mkdirSync(join(extension, 'schemas'), { recursive: true });
for (const name of ['manifest.schema.json', 'workspace.schema.json']) {
  copyFileSync(join(docs, name), join(extension, 'schemas', name));
}
for (const name of ['LICENSE-APACHE', 'LICENSE-MIT']) {
  copyFileSync(join(docs, '..', name), join(extension, name));
}
// The marketplaces show a file of this name alone.
const texts = ['LICENSE-MIT', 'LICENSE-APACHE'].map(name => readFileSync(join(extension, name), 'utf8'));
writeFileSync(join(extension, 'LICENSE.txt'), `Licensed under either of these, at your option.\n\n${texts.join('\n')}`);
