// The page of a lint, as `mlsystem explain` prints it, shown beside the text.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as vscode from 'vscode';

import type { Server } from './server';

const run = promisify(execFile);

/** Asks for a lint unless one is named, and shows its page. */
export async function explain(server: Server, name?: unknown): Promise<void> {
  const path = server.path;
  if (!path) {
    void vscode.window.showErrorMessage('mlsystem: there is no program to ask; set mlsystem.path');
    return;
  }
  try {
    const lint = typeof name === 'string' ? name : await choose(path);
    if (lint) {
      const page = await pageOf(path, lint);
      await vscode.commands.executeCommand('markdown.showPreviewToSide', Pages.keep(lint, page));
    }
  } catch (error) {
    server.log.error(String(error));
    void vscode.window.showErrorMessage(`mlsystem: the page could not be shown: ${firstLine(error)}`);
  }
}

async function pageOf(path: string, lint: string): Promise<string> {
  const { stdout } = await run(path, ['explain', lint]);
  // The first line has the name, the severity and the sort of defect; the page begins below it.
  const [facts = '', ...page] = stdout.split('\n');
  return `${page.join('\n').trim()}\n\n---\n\n${facts}\n`;
}

interface Lint {
  name: string;
  title: string;
  category: string;
  severity: string;
}

/** The lints of the findings on the line of the cursor first, then all. */
async function choose(path: string): Promise<string | undefined> {
  const { stdout } = await run(path, ['lints', '--format', 'json'], { maxBuffer: 16 * 1024 * 1024 });
  const lints = JSON.parse(stdout) as Lint[];
  const here = new Set(atCursor());
  const item = (lint: Lint) => ({ label: lint.name, description: `${lint.category}, ${lint.severity}`, detail: lint.title });
  const items = [...lints.filter(lint => here.has(lint.name)), ...lints.filter(lint => !here.has(lint.name))].map(item);
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'the lint to explain', matchOnDetail: true });
  return chosen?.label;
}

function atCursor(): string[] {
  const editor = vscode.window.activeTextEditor;
  if (!editor) {
    return [];
  }
  const line = editor.selection.active.line;
  return vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter(found => found.range.start.line <= line && line <= found.range.end.line)
    .map(found => (typeof found.code === 'object' ? found.code.value : found.code))
    .map(String);
}

function firstLine(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.split('\n')[0] ?? '';
}

/** The pages that were shown, as documents that nobody can change. */
export class Pages implements vscode.TextDocumentContentProvider {
  static readonly scheme = 'mlsystem-lint';
  private static readonly pages = new Map<string, string>();

  static keep(lint: string, page: string): vscode.Uri {
    Pages.pages.set(lint, page);
    return vscode.Uri.from({ scheme: Pages.scheme, path: `/${lint}.md` });
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return Pages.pages.get(uri.path.slice(1).replace(/\.md$/, '')) ?? '';
  }
}
