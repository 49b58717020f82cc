/**
 * Entry of the worker thread on the desktop, in remotes and in the command line.
 */
import { parentPort } from 'node:worker_threads';

parentPort?.close();
