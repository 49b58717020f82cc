/**
 * Settings of the simulated machine, and the commands that draw its addresses anew.
 */
import { ConfigurationTarget, commands, workspace } from 'vscode';
import type { Disposable, Uri } from 'vscode';
import type { MachineSwitches } from '../protocol/messages.ts';
import { bounded } from './settings.ts';

const section = 'memoryAtlas';

/** Seeds are drawn below this number: short enough to be told to a neighbour. */
const seeds = 1_000_000;

/** What the settings change of the reference machine. */
export function machineSwitches(scope: Uri): MachineSwitches {
  const settings = workspace.getConfiguration(section, scope);
  const choice = <Value>(name: string, choices: readonly Value[]): Value | undefined => {
    const value: unknown = settings.get(name);
    return choices.find((one) => one === value);
  };
  const size = (name: string, unit: number, least: number, most: number): number | undefined => {
    const value: unknown = settings.get(name);
    return typeof value === 'number' ? Math.floor(bounded(value, least, least, most)) * unit : undefined;
  };
  const seed: unknown = settings.get('randomize.seed');
  const threadSeed: unknown = settings.get('run.threadSeed');
  const isRandom = settings.get('randomize.enabled') === true;
  return {
    ...optional('randomSeed', isRandom ? wholeSeed(seed) : undefined),
    ...optional(
      'threadSeed',
      typeof threadSeed === 'number' && threadSeed > 0 ? Math.floor(threadSeed) : undefined,
    ),
    ...optional('hugePages', choice('machine.hugePages', ['never', 'madvise', 'always'] as const)),
    ...optional('overcommit', choice('machine.overcommit', ['heuristic', 'always', 'strict'] as const)),
    ...optional('stackLimit', size('machine.stackLimitKiB', 1024, 64, 65_536)),
    ...optional('ramBytes', size('machine.ramMiB', 1024 * 1024, 16, 1_048_576)),
    ...optional('pagingLevels', choice('machine.pagingLevels', [4, 5] as const)),
  };
}

function wholeSeed(seed: unknown): number {
  return typeof seed === 'number' && seed >= 0 ? Math.floor(seed) : 0;
}

/** A member of an object, absent where it has no value. */
function optional<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  return value === undefined ? {} : ({ [name]: value } as { readonly [Key in Name]?: Value });
}

/** Registers the commands about address randomisation. Each runs the program again, to show what it changed. */
export function registerRandomization(): Disposable[] {
  return [
    commands.registerCommand('memoryAtlas.rerollRandomization', async () => {
      const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
      await store('randomize.seed', drawn % seeds);
      await store('randomize.enabled', true);
      await commands.executeCommand('memoryAtlas.run');
    }),
    commands.registerCommand('memoryAtlas.toggleRandomization', async () => {
      const isOn = workspace.getConfiguration(section).get('randomize.enabled') === true;
      await store('randomize.enabled', !isOn);
      await commands.executeCommand('memoryAtlas.run');
    }),
  ];
}

/** Writes a setting where it is set already, else for the workspace, else for the user. */
export async function store(name: string, value: unknown): Promise<void> {
  const settings = workspace.getConfiguration(section);
  const found = settings.inspect(name);
  const hasWorkspace = workspace.workspaceFolders !== undefined;
  const target =
    found?.workspaceValue !== undefined || (hasWorkspace && found?.globalValue === undefined)
      ? ConfigurationTarget.Workspace
      : ConfigurationTarget.Global;
  await settings.update(name, value, target);
}
