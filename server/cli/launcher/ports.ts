import { createServer } from 'node:net';
import { CommandError } from './command.ts';

/** An address to listen at and the setting that chooses its port. */
export type Listener = { host: string; port: number; setting: string };

/** Throws CommandError that names the port and its setting when one of them cannot be listened at. */
export async function requireFreePorts(listeners: readonly Listener[]): Promise<void> {
  const [first, second] = listeners;
  if (first && second && first.port === second.port) {
    throw new CommandError(
      `${first.setting} and ${second.setting} are both ${first.port}: set one to another port.`,
    );
  }
  for (const { host, port, setting } of listeners) {
    const failure = await tryToListen(host, port);
    if (failure === 'EADDRINUSE') {
      throw new CommandError(
        `Port ${port} on ${host} is taken: stop what listens there, or set ${setting} to another port.`,
      );
    }
    if (failure !== null)
      throw new CommandError(`Port ${port} on ${host} cannot be used (${failure}): change ${setting}.`);
  }
}

function tryToListen(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, host, () => probe.close(() => resolve(null)));
  });
}
