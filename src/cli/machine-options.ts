/**
 * `--randomize SEED` and `--machine NAME=VALUE`: what differs from the reference machine.
 */
import type { MachineSwitches } from '../protocol/messages.ts';

const names = {
  thp: 'never, madvise, always',
  overcommit: '0, 1, 2',
  stack: 'KiB or unlimited',
  as: 'KiB or unlimited',
  data: 'KiB or unlimited',
  ram: 'MiB',
  levels: '4, 5',
  threads: 'SEED',
} as const;

type Name = keyof typeof names;

/** What may stand behind `--machine`, for the usage text. */
export const machineOptionNames = Object.entries(names)
  .map(([name, values]) => `${name}=${values.includes(',') ? values.replaceAll(', ', '|') : values}`)
  .join('  ');

/**
 * The switches with one more.
 *
 * @param setting - `NAME=VALUE`
 * @returns `undefined` when there is no such name, or the value is none that it can have
 */
export function withMachineOption(switches: MachineSwitches, setting: string): MachineSwitches | undefined {
  const [name = '', value = ''] = setting.split('=', 2);
  if (!Object.hasOwn(names, name)) return undefined;
  const changed = switchOf(name as Name, value);
  return changed === undefined ? undefined : { ...switches, ...changed };
}

function switchOf(name: Name, value: string): MachineSwitches | undefined {
  const number = /^[0-9]+$/.test(value) ? Number(value) : undefined;
  const limit = value === 'unlimited' ? value : number === undefined ? undefined : number * 1024;
  switch (name) {
    case 'thp':
      return value === 'never' || value === 'madvise' || value === 'always'
        ? { hugePages: value }
        : undefined;
    case 'overcommit': {
      const mode = (['heuristic', 'always', 'strict'] as const)[number ?? -1];
      return mode === undefined ? undefined : { overcommit: mode };
    }
    case 'stack':
      return limit === undefined ? undefined : { stackLimit: limit };
    case 'as':
      return limit === undefined ? undefined : { addressSpaceLimit: limit };
    case 'data':
      return limit === undefined ? undefined : { dataLimit: limit };
    case 'ram':
      return number === undefined ? undefined : { ramBytes: number * 1024 * 1024 };
    case 'threads':
      return number === undefined ? undefined : { threadSeed: number };
    case 'levels':
      return number === 4 || number === 5 ? { pagingLevels: number } : undefined;
  }
}
