// Writes the licences of what is bundled into the extension, below those of the program where it comes with one.
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const extension = dirname(dirname(fileURLToPath(import.meta.url)));
const { inputs } = JSON.parse(readFileSync(join(extension, 'dist', 'meta.json'), 'utf8'));
const folders = Object.keys(inputs).map(path => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0]);
const packages = [...new Set(folders.filter(Boolean))].sort().map(folder => {
  const { name, version, license } = JSON.parse(readFileSync(join(extension, folder, 'package.json'), 'utf8'));
  const file = readdirSync(join(extension, folder)).find(one => /^licen[cs]e/i.test(one));
  if (!file) throw new Error(`${name} has no licence`);
  const text = readFileSync(join(extension, folder, file), 'utf8').replaceAll('\r', '').trim();
  return `### ${name} ${version}, ${license}\n\n\`\`\`text\n${text}\n\`\`\`\n`;
});
const program = join(extension, '..', '..', 'THIRD-PARTY.md');
const parts = [
  existsSync(program) ? readFileSync(program, 'utf8') : '# Third-party notices\n',
  '## Bundled into the extension\n',
  ...packages,
];
writeFileSync(join(extension, 'THIRD-PARTY.md'), parts.join('\n'));
