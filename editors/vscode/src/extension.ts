// Starts the language server, and adds what only an editor can: commands, and the pages of lints beside the text.

import * as vscode from 'vscode';

import { Pages, explain } from './explain';
import { Server } from './server';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const own = new Server(context);
  server = own;
  context.subscriptions.push(
    own,
    vscode.workspace.registerTextDocumentContentProvider(Pages.scheme, new Pages()),
    vscode.commands.registerCommand('mlsystem.explain', (name?: unknown) => explain(own, name)),
    vscode.commands.registerCommand('mlsystem.restart', () => own.restart()),
    vscode.commands.registerCommand('mlsystem.showLog', () => own.log.show()),
    vscode.workspace.onDidChangeConfiguration(change => {
      if (change.affectsConfiguration('mlsystem.path')) {
        void own.restart();
      }
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => own.restart()),
  );
  await own.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
