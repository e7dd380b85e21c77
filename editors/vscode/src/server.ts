// The language server: one process, started with the program that is found, and started anew when asked.

import * as vscode from 'vscode';
import { LanguageClient, type LanguageClientOptions, type ServerOptions, State } from 'vscode-languageclient/node';

import { program } from './program';

/** Manifests and workspace files, also where a setting has them be plain YAML. */
const DOCUMENTS = [
  { scheme: 'file', language: 'mlsystem' },
  ...[
    '**/mlsystem.yaml',
    '**/mlsystem.yml',
    '**/*.mlsystem.yaml',
    '**/*.mlsystem.yml',
    '**/mlsystem-workspace.yaml',
    '**/mlsystem-workspace.yml',
  ].map(pattern => ({
    scheme: 'file',
    language: 'yaml',
    pattern,
  })),
];

export class Server implements vscode.Disposable {
  readonly log = vscode.window.createOutputChannel('mlsystem', { log: true });
  private client: LanguageClient | undefined;
  /** Starts and stops come one after another, however quickly they are asked for. */
  private turn: Promise<void> = Promise.resolve();

  constructor(private readonly context: vscode.ExtensionContext) {}

  /** The program that the server runs, or would run. */
  get path(): string | undefined {
    const found = program(this.context);
    return 'path' in found ? found.path : undefined;
  }

  start(): Promise<void> {
    return this.next(() => this.begin());
  }

  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  async restart(): Promise<void> {
    await this.stop();
    await this.start();
  }

  dispose(): void {
    void this.stop();
    this.log.dispose();
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(step, step);
    return this.turn;
  }

  private async begin(): Promise<void> {
    const found = program(this.context);
    if ('missing' in found) {
      this.log.error(found.missing);
      void this.offer(found.missing);
      return;
    }
    this.log.info(`starting ${found.path} lsp`);
    const run: ServerOptions = { command: found.path, args: ['lsp'] };
    const options: LanguageClientOptions = {
      documentSelector: DOCUMENTS,
      outputChannel: this.log,
      diagnosticCollectionName: 'mlsystem',
      // VS Code completes again behind a key that was accepted, which the protocol has no word for.
      initializationOptions: { suggestsAgain: true },
      synchronize: { configurationSection: 'mlsystem' },
    };
    const client = new LanguageClient('mlsystem', 'mlsystem', run, options);
    client.onDidChangeState(change => {
      if (change.newState === State.Running) {
        this.log.info(`running: ${client.initializeResult?.serverInfo?.version ?? 'a version that it does not tell'}`);
      }
    });
    this.client = client;
    try {
      await client.start();
    } catch (error) {
      this.log.error(String(error));
      void this.offer(`${found.path} lsp could not be started`);
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    // A server that never came up, or is gone, cannot be asked to stop.
    await client?.stop().catch(error => this.log.warn(String(error)));
  }

  private async offer(message: string): Promise<void> {
    const settings = 'Open Settings';
    const log = 'Show Log';
    const chosen = await vscode.window.showErrorMessage(`mlsystem: ${message}`, settings, log);
    if (chosen === settings) {
      await vscode.commands.executeCommand('workbench.action.openSettings', 'mlsystem.path');
    } else if (chosen === log) {
      this.log.show();
    }
  }
}
