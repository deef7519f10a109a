import { serveSandbox } from '../sandboxes/shared/server.ts';
import { syntheticModel } from './synthetic/model.ts';
import { shapes } from './synthetic/shapes.ts';

/* A synthetic provider in a process of its own: its argument is the file of its state, which survives being killed. */
const { baseUrl, control, phone } = await serveSandbox(syntheticModel(shapes.held), { stateFile: process.argv[2] });
process.stdout.write(`${JSON.stringify({ ready: true, baseUrl, control, phone })}\n`);
