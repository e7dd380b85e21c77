// Finds the program: the one of the settings, the one on the PATH, the one that comes with the extension.

import { accessSync, constants, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import * as vscode from 'vscode';

const NAME = process.platform === 'win32' ? 'mlsystem.exe' : 'mlsystem';

/** The program to run; where there is none, why not. */
export function program(context: vscode.ExtensionContext): { path: string } | { missing: string } {
  const set = vscode.workspace.getConfiguration('mlsystem').get<string>('path', '').trim();
  if (set) {
    const path = expanded(set);
    return runs(path) ? { path } : { missing: `mlsystem.path is ${path}, which is no program` };
  }
  const found = onPath() ?? [context.asAbsolutePath(join('bin', NAME))].find(runs);
  return found ? { path: found } : { missing: 'there is no mlsystem on the PATH; install it, or set mlsystem.path' };
}

/** Folders of the PATH that are not absolute would lead into whatever folder is open. */
function onPath(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  return folders.map(folder => join(folder, NAME)).find(runs);
}

function expanded(path: string): string {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
  const whole = path.replace(/^~(?=[\\/])/, homedir()).replaceAll('${workspaceFolder}', folder);
  return isAbsolute(whole) || !folder ? whole : join(folder, whole);
}

function runs(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
