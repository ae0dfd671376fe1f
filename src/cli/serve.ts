import type { Command } from "commander";
import type { Keys } from "../server/auth.ts";
import { addressOf, isLoopback, listen, serveHttp } from "../server/http.ts";
import { route } from "../server/routes.ts";
import { Failure, reason } from "./failure.ts";
import { addGateOptions, type GateOptions, openGate } from "./gate.ts";
import type { Host } from "./host.ts";
import { addSharedOptions, type SharedOptions } from "./options.ts";
import { secretIn } from "./secret.ts";
import { untilStopped } from "./until-stopped.ts";

interface Options extends GateOptions, SharedOptions {
  readonly listen: string;
  readonly tokenFile?: string;
  readonly secretFile?: string;
  readonly insecure?: true;
}

export function declare(command: Command, { io, open }: Host): void {
  addGateOptions(addSharedOptions(command), false)
    .option("--listen <address>", "HOST:PORT, a port of this machine, or unix:PATH", "127.0.0.1:7878")
    .option("--token-file <file>", "whoever asks sends this token: Authorization: Bearer …")
    .option("--secret-file <file>", "whoever asks signs with this secret: X-Argvet-Signature, X-Argvet-Timestamp")
    .option("--insecure", "answer to other machines although nobody has to prove who asks")
    .action(async (options: Options) => {
      const address = addressOf(options.listen);
      if (address === undefined) throw new Failure(`--listen ${options.listen}: expected HOST:PORT, PORT or unix:PATH`);
      const keys = keysOf(options);
      if (!isLoopback(address) && Object.keys(keys).length === 0 && !options.insecure)
        throw new Failure(
          `--listen ${options.listen}: others reach this address; give --token-file or --secret-file, or say --insecure`,
        );
      const analyzer = await open(options);
      const { gate, state, metrics, append, close } = await openGate(options, io);
      const server = serveHttp((received) => route({ gate, state, metrics, append, analyzer }, keys, received));
      try {
        io.complain(`listens on ${await listen(server, address)}`);
        await untilStopped();
      } catch (error) {
        throw new Failure(`--listen ${options.listen}: ${reason(error)}`);
      } finally {
        server.close();
        server.closeAllConnections();
        await close();
      }
    });
}

function keysOf({ tokenFile, secretFile }: Options): Keys {
  return {
    ...(tokenFile === undefined ? {} : { token: secretIn("--token-file", tokenFile) }),
    ...(secretFile === undefined ? {} : { secret: secretIn("--secret-file", secretFile) }),
  };
}
