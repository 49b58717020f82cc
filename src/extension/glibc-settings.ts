/**
 * Which glibc a run has: target, release of malloc, tunables; read from the settings, checked, and changed from the status bar.
 */
import { commands, l10n, window, workspace } from 'vscode';
import type { Disposable, QuickPickItem, Uri } from 'vscode';
import { readTunableSetting } from '../core/malloc/tunable-text.ts';
import type { TargetName } from '../core/target/data-model.ts';
import { defaultGlibcRelease, glibcReleaseOf, glibcReleases } from '../core/target/glibc-release.ts';
import { renderText } from '../core/text/all-texts.ts';
import { librariesOfRuns } from '../session/run-profile.ts';
import type { Platform } from './platform.ts';
import type { RunController } from './run-controller.ts';
import { currentLanguage } from './settings.ts';

const section = 'memoryAtlas';

/** What the settings ask for. */
export interface GlibcSettings {
  readonly target: TargetName;
  /** A release that is modelled. */
  readonly glibc: string;
  /** Whether the release was taken from the host or is the one that runs are exact for in every address. */
  readonly isAutomatic: boolean;
  /** Entries that the tunables add to the environment. */
  readonly environment: readonly string[];
  /** What is wrong with the tunables, rendered. */
  readonly problems: readonly string[];
}

/** Reads the settings for a document. `auto` is the host's release where that is modelled. */
export function glibcSettings(platform: Platform, scope?: Uri): GlibcSettings {
  const settings = workspace.getConfiguration(section, scope);
  const target = settings.get('target') === 'i386' ? 'i386' : 'x86_64';
  const asked: unknown = settings.get('glibc');
  const chosen = typeof asked === 'string' ? glibcReleaseOf(asked) : undefined;
  const host = platform.hostGlibc === undefined ? undefined : glibcReleaseOf(platform.hostGlibc);
  const release = chosen ?? host ?? defaultGlibcRelease;
  const text: unknown = settings.get('tunables');
  const tunables = readTunableSetting(
    typeof text === 'string' ? text : '',
    target === 'i386' ? 4 : 8,
    release,
  );
  return {
    target,
    glibc: release.name,
    isAutomatic: chosen === undefined,
    environment: tunables.environment,
    problems: tunables.problems.map((problem) => renderText(problem, currentLanguage())),
  };
}

/** What a run with these settings takes from elsewhere, or cannot do; `undefined` when nothing. */
export function glibcNote({ glibc }: GlibcSettings): string | undefined {
  if (glibc === librariesOfRuns) return undefined;
  return l10n.t(
    'malloc is that of glibc {0}; the libraries lie where those of glibc {1} do, so addresses inside libc are those of {1}.',
    glibc,
    librariesOfRuns,
  );
}

interface Choice extends QuickPickItem {
  readonly run: () => PromiseLike<unknown>;
}

/** Registers the quick settings, and says what is wrong with tunables when they change. */
export function registerGlibcSettings(platform: Platform, controller: RunController): Disposable[] {
  return [
    commands.registerCommand('memoryAtlas.quickSettings', () => showQuickSettings(platform, controller)),
    commands.registerCommand('memoryAtlas.chooseGlibc', chooseRelease),
    commands.registerCommand('memoryAtlas.chooseTarget', chooseTarget),
    commands.registerCommand('memoryAtlas.chooseTunables', () => enterTunables(glibcSettings(platform))),
    workspace.onDidChangeConfiguration((event) => {
      const names = ['glibc', 'target', 'tunables'].map((name) => `${section}.${name}`);
      if (!names.some((name) => event.affectsConfiguration(name))) return;
      for (const problem of glibcSettings(platform).problems)
        void window.showErrorMessage(l10n.t('Memory Atlas: tunables: {0}', problem));
    }),
  ];
}

async function showQuickSettings(platform: Platform, controller: RunController): Promise<void> {
  const now = glibcSettings(platform);
  const isStale = controller.current?.snapshot.program.isStale === true;
  const choices: Choice[] = [
    ...(isStale
      ? [
          {
            label: l10n.t('Run again'),
            description: l10n.t('the source has changed'),
            run: () => commands.executeCommand('memoryAtlas.runAgain'),
          },
        ]
      : []),
    {
      label: l10n.t('Release of glibc'),
      description: now.isAutomatic ? l10n.t('{0} (automatic)', now.glibc) : now.glibc,
      run: () => chooseRelease(),
    },
    { label: l10n.t('Target'), description: targetName(now.target), run: () => chooseTarget() },
    {
      label: l10n.t('Tunables of malloc'),
      description: now.environment.join(' ') || l10n.t('none'),
      run: () => enterTunables(now),
    },
    {
      label: l10n.t('Open the memory map'),
      run: () => commands.executeCommand('memoryAtlas.openMap'),
    },
    {
      label: l10n.t('All settings'),
      run: () => commands.executeCommand('workbench.action.openSettings', `@ext:memory-atlas.memory-atlas`),
    },
  ];
  const note = glibcNote(now);
  const picked = await window.showQuickPick(choices, {
    title: 'Memory Atlas',
    ...(note === undefined ? {} : { placeHolder: note }),
  });
  await picked?.run();
}

/** The name that people know a target by. */
export function targetName(target: string): string {
  return target === 'i386' ? 'i386' : 'x86-64';
}

async function chooseRelease(): Promise<void> {
  const names = ['auto', ...glibcReleases.map(({ name }) => name).reverse()];
  const picked = await window.showQuickPick(names, { title: l10n.t('Release of glibc') });
  if (picked !== undefined) await store('glibc', picked);
}

async function chooseTarget(): Promise<void> {
  const picked = await window.showQuickPick(['x86-64', 'i386'], { title: l10n.t('Target') });
  if (picked !== undefined) await store('target', picked);
}

async function enterTunables({ target, glibc }: GlibcSettings): Promise<void> {
  const release = glibcReleaseOf(glibc) ?? defaultGlibcRelease;
  const text: unknown = workspace.getConfiguration(section).get('tunables');
  const entered = await window.showInputBox({
    title: l10n.t('Tunables of malloc'),
    value: typeof text === 'string' ? text : '',
    placeHolder: 'glibc.malloc.tcache_count=0:glibc.malloc.mmap_threshold=65536',
    validateInput: (value) => {
      const [problem] = readTunableSetting(value, target === 'i386' ? 4 : 8, release).problems;
      return problem === undefined ? undefined : renderText(problem, currentLanguage());
    },
  });
  if (entered !== undefined) await store('tunables', entered);
}

/** Writes a setting: for the workspace where it is set there, else for the user. */
async function store(name: string, value: string): Promise<void> {
  const settings = workspace.getConfiguration(section);
  const isWorkspace = settings.inspect(name)?.workspaceValue !== undefined;
  await settings.update(name, value, !isWorkspace);
}
