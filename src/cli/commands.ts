/**
 * What the words of the command line do: the part of the command that needs the engine.
 */
import process from 'node:process';
import { NotModelled } from '../core/trace/not-modelled.ts';
import { layoutCommand } from './layout-command.ts';
import { mapsCommand } from './maps-command.ts';
import { mapCommand } from './map-command.ts';
import { replayCommand } from './replay-command.ts';
import { runCommand, writeFully } from './run-command.ts';
import { segmentsCommand } from './segments-command.ts';
import type { CommandResult } from './segments-command.ts';
import { checkCommand, diffCommand, heapCommand, inspectCommand, traceCommand } from './session-commands.ts';
import type { CommandLine } from './usage.ts';
import { UsageError, parseCommandLine, usageText } from './usage.ts';

/** Executes what the words of the command line say. @returns the exit status */
export function executeWords(words: readonly string[]): number {
  if (words.length === 0 || words[0] === '--help' || words[0] === '-h') {
    process.stdout.write(usageText);
    return words.length === 0 ? 2 : 0;
  }
  try {
    return words[0] === 'replay' ? replayCommand(words.slice(1)) : execute(parseCommandLine(words));
  } catch (error) {
    // A run ends with what is not modelled; this is a program that does not even start.
    if (!(error instanceof UsageError || error instanceof NotModelled)) throw error;
    process.stderr.write(`memory-atlas: ${error.message}\n`);
    return error instanceof UsageError ? 2 : 125;
  }
}

function execute(line: CommandLine): number {
  switch (line.command) {
    case 'segments':
      return print(segmentsCommand(line));
    case 'layout':
      return print(layoutCommand(line));
    case 'run':
      return runCommand(line);
    case 'trace':
      return print(traceCommand(line));
    case 'maps':
      return print(mapsCommand(line));
    case 'heap':
      return print(heapCommand(line));
    case 'check':
      return print(checkCommand(line));
    case 'inspect':
      return print(inspectCommand(line));
    case 'diff':
      return print(diffCommand(line));
    case 'map':
      return print(mapCommand(line));
  }
}

function print(result: CommandResult): number {
  const encoder = new TextEncoder();
  writeFully(2, encoder.encode(result.stderr));
  writeFully(1, encoder.encode(result.stdout));
  return result.status;
}
