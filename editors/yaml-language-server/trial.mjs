// Starts yaml-language-server over stdio and asks it at every place of places.json. A `‸` marks the cursor. The schema is
// named by the modeline that the documentation recommends, and by nothing else.

import { spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const places = JSON.parse(readFileSync(join(here, 'places.json'), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'mlsystem-schema-'));
copyFileSync(join(here, '..', '..', 'docs', 'manifest.schema.json'), join(folder, 'manifest.schema.json'));
const modeline = '# yaml-language-server: $schema=manifest.schema.json\n';

const server = spawn(process.execPath, [join(here, 'node_modules/yaml-language-server/bin/yaml-language-server'), '--stdio'], {
  stdio: ['pipe', 'pipe', 'ignore'],
});
const waiting = new Map();
let rest = Buffer.alloc(0);
server.stdout.on('data', bytes => {
  rest = Buffer.concat([rest, bytes]);
  for (;;) {
    const head = rest.indexOf('\r\n\r\n');
    const length = head < 0 ? undefined : Number(/Content-Length: (\d+)/i.exec(rest.toString('ascii', 0, head))?.[1]);
    if (length === undefined || rest.length < head + 4 + length) {
      return;
    }
    const message = JSON.parse(rest.toString('utf8', head + 4, head + 4 + length));
    rest = rest.subarray(head + 4 + length);
    if (message.method && message.id !== undefined) {
      const settings = { yaml: { schemaStore: { enable: false }, hover: true, completion: true } };
      const result = message.method === 'workspace/configuration' ? message.params.items.map(item => settings[item.section] ?? null) : null;
      send({ id: message.id, result });
    } else if (waiting.has(message.id)) {
      waiting.get(message.id)(message.result);
      waiting.delete(message.id);
    }
  }
});

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
  server.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  server.stdin.write(body);
}

let number = 0;
function ask(method, params) {
  number += 1;
  const id = number;
  send({ id, method, params });
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`${method}: no answer in 20 s`)), 20_000);
    waiting.set(id, result => {
      clearTimeout(timer);
      done(result);
    });
  });
}

async function answers({ text, completions, hover }, index) {
  const marked = modeline + text;
  const before = marked.slice(0, marked.indexOf('‸')).split('\n');
  const position = { line: before.length - 1, character: before.at(-1).length };
  const file = join(folder, `place-${index}.yaml`);
  const whole = marked.replace('‸', '');
  writeFileSync(file, whole);
  const uri = pathToFileURL(file).href;
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text: whole } } });
  const params = { textDocument: { uri }, position };
  if (completions) {
    const result = await ask('textDocument/completion', params);
    const labels = (result?.items ?? result ?? []).map(item => item.label.trim());
    const missing = completions.filter(label => !labels.includes(label));
    return missing.length ? `no ${missing.join(', ')} among ${labels.join(', ')}` : undefined;
  }
  const result = await ask('textDocument/hover', params);
  const said = JSON.stringify(result?.contents ?? '');
  return result && said.toLowerCase().includes(hover.toLowerCase()) ? undefined : `"${hover}" is not in ${said}`;
}

const capabilities = { workspace: { configuration: true }, textDocument: { completion: {}, hover: { contentFormat: ['markdown'] } } };
let failed = 0;
try {
  await ask('initialize', { processId: process.pid, rootUri: pathToFileURL(folder).href, capabilities });
  send({ method: 'initialized', params: {} });
  for (const [index, place] of places.entries()) {
    const wrong = await answers(place, index);
    const what = place.completions ? 'completion' : 'hover';
    const line = place.text.split('\n').find(one => one.includes('‸'));
    console.log(`${wrong ? 'FAIL' : 'ok'}  ${what} at \`${line.trim()}\`${wrong ? `: ${wrong}` : ''}`);
    failed += wrong ? 1 : 0;
  }
} finally {
  server.kill();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${places.length - failed} of ${places.length} places answer as they ought to`);
process.exitCode = failed ? 1 : 0;
