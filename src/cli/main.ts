/**
 * Entry of the command `memory-atlas`.
 */
import process from 'node:process';

process.stderr.write('memory-atlas: no command is built yet\n');
process.exitCode = 2;
