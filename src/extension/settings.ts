/**
 * The extension's settings, read with their types and limits.
 */
import { ConfigurationTarget, env, workspace } from 'vscode';
import type { Uri } from 'vscode';
import { debianDefaults } from '../core/sema/placement.ts';
import type { CompileOptions } from '../core/sema/placement.ts';
import type { CompileSwitches, Language, RunLimits } from '../protocol/messages.ts';

const section = 'memoryAtlas';

/** The language of the user interface that sentences are rendered in. */
export function currentLanguage(): Language {
  return env.language.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en';
}

/** A number within its limits; `fallback` for what is none. */
export function bounded(value: unknown, fallback: number, least: number, most: number): number {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.min(Math.max(value, least), most)
    : fallback;
}

/** Limits that end a run which would not end by itself. */
export function runLimits(scope: Uri): RunLimits {
  const settings = workspace.getConfiguration(section, scope);
  return {
    fuel: bounded(settings.get('limits.steps'), 2e9, 1e4, 1e12),
    memoryBytes: bounded(settings.get('limits.memoryMiB'), 1024, 16, 3072) * 1024 * 1024,
    outputBytes: bounded(settings.get('limits.outputKiB'), 1024, 1, 65_536) * 1024,
    events: bounded(settings.get('limits.events'), 1_000_000, 100, 10_000_000),
  };
}

/** Inputs of a run that are the same until the user changes them. */
export function runSettings(scope: Uri): {
  readonly args: readonly string[];
  readonly environment: readonly string[];
  readonly stdin: string;
} {
  const settings = workspace.getConfiguration(section, scope);
  const strings = (name: string): string[] => {
    const value: unknown = settings.get(name);
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
  };
  const stdin: unknown = settings.get('run.stdin');
  return {
    args: strings('run.args'),
    environment: strings('run.environment'),
    stdin: typeof stdin === 'string' ? stdin : '',
  };
}

/** Whether a program finds the files beside it; off until the user allows it. */
export function mayReadWorkspace(scope: Uri): boolean {
  return workspace.getConfiguration(section, scope).get('run.workspaceFiles') === true;
}

/** How the program is compiled: Debian's gcc 12 but for what the settings change. */
export function compileOptions(scope: Uri): CompileOptions {
  const settings = workspace.getConfiguration(section, scope);
  const pie = settings.get('compile.code') !== 'no-pie';
  return {
    ...debianDefaults,
    target: settings.get('target') === 'i386' ? 'i386' : 'x86_64',
    optimize: settings.get('compile.optimization') === 'O2' ? 2 : 0,
    pie,
    // ld refuses code with fixed addresses in a PIE.
    link: pie && settings.get('compile.link') !== 'no-pie' ? 'pie' : 'no-pie',
    common: settings.get('compile.common') === true,
    stackProtector: settings.get('compile.stackProtector') === true,
  };
}

/** The same for a run, which is always that of unoptimised code. */
export function compileSwitches(scope: Uri): CompileSwitches {
  const { pie, link, common, stackProtector } = compileOptions(scope);
  return { pie, link: link === 'pie' ? 'pie' : 'no-pie', common, stackProtector };
}

/** Whether the extension marks problems in C files: `auto` only where no other C extension does. */
export function problemsMode(): 'auto' | 'on' | 'off' {
  const value: unknown = workspace.getConfiguration(section).get('problems');
  return value === 'on' || value === 'off' ? value : 'auto';
}

/** Whether runs are checked for mistakes with memory. */
export function checksAreOn(scope: Uri): boolean {
  return workspace.getConfiguration(section, scope).get('checks') !== false;
}

/** Which marks and hints stand in the editor. */
export interface HintSettings {
  readonly gutter: boolean;
  readonly segment: boolean;
  readonly size: boolean;
  readonly stackCost: boolean;
  readonly chunk: boolean;
  readonly codeLens: boolean;
}

/** The marks and hints that are switched on; none where the master switch is off. */
export function hintSettings(scope: Uri): HintSettings {
  const settings = workspace.getConfiguration(`${section}.hints`, scope);
  const isOn = (name: keyof HintSettings): boolean =>
    settings.get('enabled') !== false && settings.get(name) === true;
  return {
    gutter: isOn('gutter'),
    segment: isOn('segment'),
    size: isOn('size'),
    stackCost: isOn('stackCost'),
    chunk: isOn('chunk'),
    codeLens: isOn('codeLens'),
  };
}

/** Turns the master switch, where it is set: in the workspace if there, else for the user. */
export async function toggleHints(): Promise<void> {
  const settings = workspace.getConfiguration(`${section}.hints`);
  const isWorkspace = settings.inspect('enabled')?.workspaceValue !== undefined;
  const target = isWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global;
  await settings.update('enabled', settings.get('enabled') === false, target);
}
